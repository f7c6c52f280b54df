output "address" {
  description = "The address that all requests come from: tell outlets that ask."
  value       = google_compute_address.nat.address
}

output "images" {
  description = "Where to push images."
  value       = "${var.region}-docker.pkg.dev/${var.project}/${google_artifact_registry_repository.images.repository_id}/newsbeam"
}

output "template" {
  description = "The template of this image."
  value       = "gs://${google_storage_bucket.work.name}/${google_storage_bucket_object.template.name}"
}

output "destination" {
  description = "For newsbeam query --from."
  value       = local.parameters.to
}
