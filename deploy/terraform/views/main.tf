variable "dataset" {
  description = "Where the views go."
  type        = object({ project = string, id = string })
}

variable "views" {
  description = "Views by name; {dataset}. in a query stands for the dataset."
  type        = map(object({ level = number, description = string, query = string }))
}

resource "google_bigquery_table" "view" {
  for_each = var.views

  dataset_id          = var.dataset.id
  table_id            = each.key
  description         = each.value.description
  deletion_protection = false

  view {
    query          = replace(each.value.query, "{dataset}.", "`${var.dataset.project}.${var.dataset.id}`.")
    use_legacy_sql = false
  }
}
