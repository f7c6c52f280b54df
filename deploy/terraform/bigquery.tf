# The tables and views are made from the same records and .sql files as the tool makes them itself: tables.json is
# written by `python deploy/make.py`, and a test holds it to the code.

locals {
  warehouse = jsondecode(file("${path.module}/tables.json"))
  dataset   = { project = var.project, id = google_bigquery_dataset.news.dataset_id }
}

resource "google_bigquery_dataset" "news" {
  dataset_id                      = var.dataset
  location                        = var.region
  description                     = "Articles, stories and events, by newsbeam."
  default_partition_expiration_ms = var.expire_days == null ? null : var.expire_days * 86400000
  delete_contents_on_destroy      = false
  depends_on                      = [google_project_service.used]
}

resource "google_bigquery_table" "log" {
  for_each = local.warehouse.tables

  dataset_id          = google_bigquery_dataset.news.dataset_id
  table_id            = each.key
  description         = each.value.description
  schema              = jsonencode(each.value.schema)
  clustering          = each.value.clustering
  deletion_protection = true

  dynamic "time_partitioning" {
    for_each = each.value.partitioned_by == null ? [] : [each.value.partitioned_by]
    content {
      type          = "DAY"
      field         = time_partitioning.value
      expiration_ms = var.expire_days == null ? null : var.expire_days * 86400000
    }
  }
}

# In levels, since a view has to be there before one that reads from it.
module "views_of_tables" {
  source     = "./views"
  dataset    = local.dataset
  views      = { for name, view in local.warehouse.views : name => view if view.level == 0 }
  depends_on = [google_bigquery_table.log]
}

module "views_of_views" {
  source     = "./views"
  dataset    = local.dataset
  views      = { for name, view in local.warehouse.views : name => view if view.level == 1 }
  depends_on = [module.views_of_tables]
}

module "views_of_articles" {
  source     = "./views"
  dataset    = local.dataset
  views      = { for name, view in local.warehouse.views : name => view if view.level == 2 }
  depends_on = [module.views_of_views]
}

module "views_of_events" {
  source     = "./views"
  dataset    = local.dataset
  views      = { for name, view in local.warehouse.views : name => view if view.level == 3 }
  depends_on = [module.views_of_articles]
}
