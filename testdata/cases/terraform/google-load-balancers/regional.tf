# Proxies of one region call from a subnet of their network that is kept for them, whoever they face.
resource "google_compute_network" "store" {
  name                    = "store"
  auto_create_subnetworks = false
}

resource "google_compute_subnetwork" "store" {
  name          = "store"
  network       = google_compute_network.store.id
  region        = "europe-west1"
  ip_cidr_range = "10.1.0.0/24"
}

resource "google_compute_subnetwork" "proxies" {
  for_each      = { europe-west1 = "10.129.0.0/23", us-west1 = "10.130.0.0/23" }
  name          = "proxies-${each.key}"
  network       = google_compute_network.store.id
  region        = each.key
  purpose       = "REGIONAL_MANAGED_PROXY"
  ip_cidr_range = each.value
}

# 6379 is open to the proxies of another region only.
resource "google_compute_firewall" "europe" {
  name          = "europe"
  network       = google_compute_network.store.name
  source_ranges = ["10.129.0.0/23"]
  target_tags   = ["store"]
  allow {
    protocol = "tcp"
    ports    = ["5432"]
  }
}

resource "google_compute_firewall" "america" {
  name          = "america"
  network       = google_compute_network.store.name
  source_ranges = ["10.130.0.0/23"]
  target_tags   = ["store"]
  allow {
    protocol = "tcp"
    ports    = ["6379"]
  }
}

resource "google_compute_instance" "store" {
  name         = "store"
  machine_type = "e2-small"
  tags         = ["store"]
  network_interface {
    subnetwork = google_compute_subnetwork.store.id
  }
}

resource "google_compute_instance_group" "store" {
  name      = "store"
  instances = [google_compute_instance.store.id]
  named_port {
    name = "database"
    port = 5432
  }
  named_port {
    name = "cache"
    port = 6379
  }
}

resource "google_compute_region_backend_service" "store" {
  for_each              = toset(["database", "cache"])
  name                  = each.key
  region                = "europe-west1"
  protocol              = "TCP"
  port_name             = each.key
  load_balancing_scheme = "EXTERNAL_MANAGED"
  backend {
    group = google_compute_instance_group.store.id
  }
}

resource "google_compute_region_target_tcp_proxy" "store" {
  for_each        = toset(["database", "cache"])
  name            = each.key
  region          = "europe-west1"
  backend_service = google_compute_region_backend_service.store[each.key].id
}

resource "google_compute_forwarding_rule" "database" {
  name                  = "database"
  region                = "europe-west1"
  network               = google_compute_network.store.id
  load_balancing_scheme = "EXTERNAL_MANAGED"
  target                = google_compute_region_target_tcp_proxy.store["database"].id
  port_range            = "5432" # expect: data-store-exposed
}

resource "google_compute_forwarding_rule" "cache" {
  name                  = "cache"
  region                = "europe-west1"
  network               = google_compute_network.store.id
  load_balancing_scheme = "EXTERNAL_MANAGED"
  target                = google_compute_region_target_tcp_proxy.store["cache"].id
  port_range            = "6379" # ok: cache-exposed
}
