resource "google_compute_network" "shop" {
  name                    = "shop"
  auto_create_subnetworks = true
}

resource "google_compute_firewall" "all" {
  name    = "all"
  network = google_compute_network.shop.name
  allow {
    protocol = "all"
  }
  source_ranges = ["0.0.0.0/0"] # expect: port-range-exposed
}

resource "google_compute_instance" "machine" {
  name         = "machine"
  machine_type = "e2-small"
  zone         = "europe-west1-b"
  boot_disk {
    initialize_params {
      image = "debian-cloud/debian-12"
    }
  }
  network_interface {
    network = google_compute_network.shop.name
    access_config {}
  }
}
