# Addresses of pages from elsewhere, one a message. What cannot be read as one is a dead letter of the job; what the
# job never acknowledges ends in a topic of its own.

resource "google_pubsub_topic" "pages" {
  name       = "newsbeam-pages"
  depends_on = [google_project_service.used]
}

resource "google_pubsub_topic" "undelivered" {
  name = "newsbeam-undelivered"
}

resource "google_pubsub_subscription" "undelivered" {
  name                       = "newsbeam-undelivered"
  topic                      = google_pubsub_topic.undelivered.id
  message_retention_duration = "604800s"

  expiration_policy {
    ttl = ""
  }
}

resource "google_pubsub_subscription" "pages" {
  name                       = "newsbeam-pages"
  topic                      = google_pubsub_topic.pages.id
  ack_deadline_seconds       = 600
  message_retention_duration = "604800s" # a job that was drained for a week loses nothing

  expiration_policy {
    ttl = ""
  }

  dead_letter_policy {
    dead_letter_topic     = google_pubsub_topic.undelivered.id
    max_delivery_attempts = 20
  }
}

# Pub/Sub itself moves the undelivered ones.
resource "google_pubsub_topic_iam_member" "undelivered" {
  topic  = google_pubsub_topic.undelivered.name
  role   = "roles/pubsub.publisher"
  member = "serviceAccount:service-${data.google_project.this.number}@gcp-sa-pubsub.iam.gserviceaccount.com"
}

resource "google_pubsub_subscription_iam_member" "undelivered" {
  subscription = google_pubsub_subscription.pages.name
  role         = "roles/pubsub.subscriber"
  member       = "serviceAccount:service-${data.google_project.this.number}@gcp-sa-pubsub.iam.gserviceaccount.com"
}
