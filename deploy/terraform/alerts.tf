# Who hears of what: a job that failed, one that fell behind or is gone, letters that died, a bill that grows.

resource "google_monitoring_notification_channel" "email" {
  display_name = "newsbeam"
  type         = "email"
  labels       = { email_address = var.alert_email }
  depends_on   = [google_project_service.used]
}

locals {
  of_the_job = "resource.type = \"dataflow_job\" AND resource.labels.job_name = \"${local.name}\""
}

resource "google_monitoring_alert_policy" "failed" {
  count = var.run ? 1 : 0

  display_name          = "newsbeam: the job failed"
  combiner              = "OR"
  notification_channels = [google_monitoring_notification_channel.email.id]

  conditions {
    display_name = "the job failed"
    condition_threshold {
      filter          = "metric.type = \"dataflow.googleapis.com/job/is_failed\" AND ${local.of_the_job}"
      comparison      = "COMPARISON_GT"
      threshold_value = 0
      duration        = "0s"
      aggregations {
        alignment_period   = "60s"
        per_series_aligner = "ALIGN_MAX"
      }
    }
  }

  documentation {
    content = "The job's page shows the error. What it had acknowledged is written; deploy again (deploy/README.md)."
  }
}

resource "google_monitoring_alert_policy" "stale" {
  count = var.run ? 1 : 0

  display_name          = "newsbeam: the tables are not fresh"
  combiner              = "OR"
  notification_channels = [google_monitoring_notification_channel.email.id]

  conditions {
    display_name = "older than ${var.stale_minutes} minutes"
    condition_threshold {
      filter          = "metric.type = \"dataflow.googleapis.com/job/data_watermark_age\" AND ${local.of_the_job}"
      comparison      = "COMPARISON_GT"
      threshold_value = var.stale_minutes * 60
      duration        = "600s"
      aggregations {
        alignment_period   = "60s"
        per_series_aligner = "ALIGN_MAX"
      }
    }
  }

  conditions {
    display_name = "no sign of the job"
    condition_absent {
      filter   = "metric.type = \"dataflow.googleapis.com/job/data_watermark_age\" AND ${local.of_the_job}"
      duration = "1800s"
      aggregations {
        alignment_period   = "60s"
        per_series_aligner = "ALIGN_MAX"
      }
    }
  }

  documentation {
    content = "Is the job running, and does it have workers? Then: SELECT * FROM ${var.dataset}.polls ORDER BY polled_at DESC LIMIT 20."
  }
}

resource "google_monitoring_alert_policy" "undelivered" {
  display_name          = "newsbeam: messages that nobody could read"
  combiner              = "OR"
  notification_channels = [google_monitoring_notification_channel.email.id]

  conditions {
    display_name = "undelivered messages"
    condition_threshold {
      filter          = "metric.type = \"pubsub.googleapis.com/subscription/num_undelivered_messages\" AND resource.type = \"pubsub_subscription\" AND resource.labels.subscription_id = \"${google_pubsub_subscription.undelivered.name}\""
      comparison      = "COMPARISON_GT"
      threshold_value = 0
      duration        = "600s"
      aggregations {
        alignment_period   = "300s"
        per_series_aligner = "ALIGN_MAX"
      }
    }
  }
}

resource "google_billing_budget" "month" {
  count = var.billing_account == null ? 0 : 1

  billing_account = var.billing_account
  display_name    = "newsbeam in ${var.project}"

  budget_filter {
    projects = ["projects/${data.google_project.this.number}"]
  }

  amount {
    specified_amount {
      units = tostring(var.monthly_budget)
    }
  }

  dynamic "threshold_rules" {
    for_each = [0.5, 0.9, 1.0]
    content {
      threshold_percent = threshold_rules.value
    }
  }

  threshold_rules {
    threshold_percent = 1.0
    spend_basis       = "FORECASTED_SPEND"
  }

  all_updates_rule {
    monitoring_notification_channels = [google_monitoring_notification_channel.email.id]
  }
}
