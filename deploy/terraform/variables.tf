variable "project" {
  description = "Google Cloud project."
  type        = string
}

variable "region" {
  description = "Region of the workers, the bucket and the dataset."
  type        = string
  default     = "europe-west1"
}

variable "image" {
  description = "The image, by digest: REGION-docker.pkg.dev/PROJECT/newsbeam/newsbeam@sha256:..."
  type        = string

  validation {
    condition     = can(regex("@sha256:[0-9a-f]{64}$", var.image))
    error_message = "Name the image by its digest (...@sha256:...): a tag can change under a running job."
  }
}

variable "run" {
  description = "Whether the streaming job runs. false drains it and leaves everything else."
  type        = bool
  default     = false
}

variable "settings" {
  description = "Settings of the job, by their names in the template: { fetch_contact = \"https://example.org/bot\" }."
  type        = map(string)
  default     = {}
}

variable "dataset" {
  description = "BigQuery dataset."
  type        = string
  default     = "news"
}

variable "expire_days" {
  description = "Days after which a day's rows are deleted; null keeps them."
  type        = number
  default     = null
}

variable "readers" {
  description = "Who may read the tables, for example group:analysts@example.org."
  type        = list(string)
  default     = []
}

variable "publishers" {
  description = "Who may send addresses of pages to the topic, for example serviceAccount:crawler@PROJECT.iam.gserviceaccount.com."
  type        = list(string)
  default     = []
}

variable "machine_type" {
  description = "Machine of a worker. The language model takes about 400 MB a process."
  type        = string
  default     = "n2-standard-2"
}

variable "max_workers" {
  description = "The most workers at a time."
  type        = number
  default     = 4
}

variable "egress_ports" {
  description = "Ports that workers may reach on the internet: those that pages are fetched from."
  type        = list(string)
  default     = ["80", "443", "8080", "8443"]
}

variable "alert_email" {
  description = "Who hears of a job that fails, stands still, or costs more than planned."
  type        = string
}

variable "stale_minutes" {
  description = "How far the job may fall behind before someone hears of it."
  type        = number
  default     = 30
}

variable "billing_account" {
  description = "Billing account of the project, XXXXXX-XXXXXX-XXXXXX; null makes no budget."
  type        = string
  default     = null
}

variable "monthly_budget" {
  description = "What a month may cost, in the billing account's currency."
  type        = number
  default     = 300
}
