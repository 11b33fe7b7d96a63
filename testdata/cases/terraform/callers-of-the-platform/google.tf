resource "google_compute_network" "net" {
  name = "net"
}

resource "google_compute_instance" "web" {
  name = "web"
  tags = ["web"]
  network_interface {
    network = google_compute_network.net.id
    access_config {}
  }
}

resource "google_compute_firewall" "probes" {
  name          = "probes"
  network       = google_compute_network.net.name
  target_tags   = ["web"]
  source_ranges = ["130.211.0.0/22", "35.191.0.0/16"] # ok: port-range-exposed, remote-admin-exposed
  allow {
    protocol = "tcp"
  }
}

resource "google_compute_firewall" "ssh" {
  name          = "ssh"
  network       = google_compute_network.net.name
  target_tags   = ["web"]
  source_ranges = ["35.235.240.0/20"] # ok: remote-admin-exposed
  allow {
    protocol = "tcp"
    ports    = ["22"]
  }
}
