# What the job needs beside its tables: a bucket for code and temporary files, and the images.

resource "google_storage_bucket" "work" {
  name                        = "${var.project}-newsbeam"
  location                    = var.region
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  depends_on                  = [google_project_service.used]

  # The job's own files; the templates stay, since a roll-back needs them.
  lifecycle_rule {
    condition {
      age            = 14
      matches_prefix = ["temp/", "staging/"]
    }
    action {
      type = "Delete"
    }
  }

  # Loads read from here: what is older was left by a job that died.
  soft_delete_policy {
    retention_duration_seconds = 0
  }
}

# The template: which image to start, and what it may be told. One object for each image, so that rolling back is
# naming an older digest.
resource "google_storage_bucket_object" "template" {
  bucket       = google_storage_bucket.work.name
  name         = "templates/newsbeam-${substr(sha256(var.image), 0, 12)}.json"
  content_type = "application/json"
  content = jsonencode({
    image    = var.image
    sdkInfo  = { language = "PYTHON" }
    metadata = jsondecode(file("${path.module}/../template.json"))
  })
}

resource "google_artifact_registry_repository" "images" {
  repository_id = "newsbeam"
  location      = var.region
  format        = "DOCKER"
  depends_on    = [google_project_service.used]

  docker_config {
    immutable_tags = true
  }

  cleanup_policies {
    id     = "keep-the-last-ten"
    action = "KEEP"
    most_recent_versions {
      keep_count = 10
    }
  }

  cleanup_policies {
    id     = "delete-after-three-months"
    action = "DELETE"
    condition {
      older_than = "7776000s"
    }
  }
}
