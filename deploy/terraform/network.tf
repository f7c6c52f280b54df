# Workers have no addresses of their own, reach the internet through one that outlets can recognise, and reach no
# private network: the tool refuses such addresses itself, this is the second wall.

resource "google_compute_network" "workers" {
  name                    = "newsbeam"
  auto_create_subnetworks = false
  depends_on              = [google_project_service.used]
}

resource "google_compute_subnetwork" "workers" {
  name                     = "newsbeam-workers"
  network                  = google_compute_network.workers.id
  ip_cidr_range            = "10.128.0.0/24"
  private_ip_google_access = true

  log_config {
    flow_sampling = 0.1
  }
}

resource "google_compute_address" "nat" {
  name = "newsbeam-nat"
}

resource "google_compute_router" "nat" {
  name    = "newsbeam-nat"
  network = google_compute_network.workers.id
}

resource "google_compute_router_nat" "nat" {
  name                               = "newsbeam-nat"
  router                             = google_compute_router.nat.name
  nat_ip_allocate_option             = "MANUAL_ONLY"
  nat_ips                            = [google_compute_address.nat.self_link]
  source_subnetwork_ip_ranges_to_nat = "LIST_OF_SUBNETWORKS"

  subnetwork {
    name                    = google_compute_subnetwork.workers.id
    source_ip_ranges_to_nat = ["ALL_IP_RANGES"]
  }

  log_config {
    enable = true
    filter = "ERRORS_ONLY"
  }
}

# Dataflow's workers talk to each other on these two ports.
resource "google_compute_firewall" "between_workers" {
  name        = "newsbeam-between-workers"
  network     = google_compute_network.workers.id
  direction   = "INGRESS"
  priority    = 1000
  source_tags = ["dataflow"]
  target_tags = ["dataflow"]

  allow {
    protocol = "tcp"
    ports    = ["12345-12346"]
  }
}

resource "google_compute_firewall" "to_workers" {
  name               = "newsbeam-to-workers"
  network            = google_compute_network.workers.id
  direction          = "EGRESS"
  priority           = 800
  destination_ranges = [google_compute_subnetwork.workers.ip_cidr_range]

  allow {
    protocol = "tcp"
    ports    = ["12345-12346"]
  }
}

resource "google_compute_firewall" "no_private_ranges" {
  name      = "newsbeam-no-private-ranges"
  network   = google_compute_network.workers.id
  direction = "EGRESS"
  priority  = 900
  destination_ranges = [
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.168.0.0/16",
    "198.18.0.0/15",
    "224.0.0.0/3",
  ]

  deny {
    protocol = "all"
  }
}

resource "google_compute_firewall" "to_pages" {
  name               = "newsbeam-to-pages"
  network            = google_compute_network.workers.id
  direction          = "EGRESS"
  priority           = 1000
  destination_ranges = ["0.0.0.0/0"]

  allow {
    protocol = "tcp"
    ports    = var.egress_ports
  }
}

resource "google_compute_firewall" "nothing_else" {
  name               = "newsbeam-nothing-else"
  network            = google_compute_network.workers.id
  direction          = "EGRESS"
  priority           = 65000
  destination_ranges = ["0.0.0.0/0"]

  deny {
    protocol = "all"
  }
}
