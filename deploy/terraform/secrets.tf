# The list of feeds is a secret: addresses of paid feeds carry tokens. Its contents are put in by hand (README), so that
# no token stands in Terraform's state.

resource "google_secret_manager_secret" "feeds" {
  secret_id  = "newsbeam-feeds"
  depends_on = [google_project_service.used]

  replication {
    user_managed {
      replicas {
        location = var.region
      }
    }
  }
}

resource "google_secret_manager_secret_iam_member" "feeds" {
  secret_id = google_secret_manager_secret.feeds.id
  role      = "roles/secretmanager.secretAccessor"
  member    = google_service_account.worker.member
}
