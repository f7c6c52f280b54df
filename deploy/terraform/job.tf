# The streaming job. Everything above outlives it.

locals {
  name = "newsbeam"

  parameters = merge(
    var.settings,
    {
      feeds  = "secret:${google_secret_manager_secret.feeds.id}/versions/latest"
      pubsub = google_pubsub_subscription.pages.id
      to     = "bigquery:${var.project}.${google_bigquery_dataset.news.dataset_id}"

      bigquery_expire_days = tostring(coalesce(var.expire_days, 0))
    },
  )
}

resource "google_dataflow_flex_template_job" "stream" {
  count    = var.run ? 1 : 0
  provider = google-beta

  name                    = local.name
  region                  = var.region
  container_spec_gcs_path = "gs://${google_storage_bucket.work.name}/${google_storage_bucket_object.template.name}"
  sdk_container_image     = var.image # workers run what launched them
  parameters              = local.parameters

  on_delete                    = "drain" # what is under way is written before the job ends
  skip_wait_on_job_termination = false

  service_account_email   = google_service_account.worker.email
  network                 = google_compute_network.workers.name
  subnetwork              = "regions/${var.region}/subnetworks/${google_compute_subnetwork.workers.name}"
  ip_configuration        = "WORKER_IP_PRIVATE"
  temp_location           = "gs://${google_storage_bucket.work.name}/temp"
  staging_location        = "gs://${google_storage_bucket.work.name}/staging"
  enable_streaming_engine = true
  machine_type            = var.machine_type
  num_workers             = 1
  max_workers             = var.max_workers
  labels                  = { app = "newsbeam" }

  depends_on = [
    google_artifact_registry_repository_iam_member.worker,
    google_bigquery_dataset_iam_member.worker,
    google_bigquery_table.log,
    google_compute_firewall.to_pages,
    google_compute_router_nat.nat,
    google_project_iam_member.worker,
    google_pubsub_subscription_iam_member.worker,
    google_secret_manager_secret_iam_member.feeds,
    google_storage_bucket_iam_member.worker,
  ]
}
