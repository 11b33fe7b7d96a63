resource "google_compute_network" "main" {
  name                    = "main"
  auto_create_subnetworks = false
}

resource "google_compute_vpn_gateway" "main" {
  name    = "main"
  network = google_compute_network.main.id
}

resource "google_compute_vpn_tunnel" "office" {
  name               = "office"
  peer_ip            = "203.0.113.1"
  shared_secret      = "secret"
  target_vpn_gateway = google_compute_vpn_gateway.main.id
}

resource "google_compute_route" "office" {
  name                = "office"
  network             = google_compute_network.main.name
  dest_range          = "172.20.0.0/16"
  next_hop_vpn_tunnel = google_compute_vpn_tunnel.office.id
}

resource "google_compute_firewall" "ssh" {
  name          = "ssh"
  network       = google_compute_network.main.name
  source_ranges = ["0.0.0.0/0"] # expect: sensitive-port-to-wide-range
  target_tags   = ["jump"]
  allow {
    protocol = "tcp"
    ports    = ["22"]
  }
}

# It has no address of the internet: who gets there is in the office.
resource "google_compute_instance" "jump" {
  name         = "jump"
  machine_type = "e2-small"
  zone         = "europe-west1-b"
  tags         = ["jump"]
  network_interface {
    network = google_compute_network.main.id
  }
}

# No firewall lets anybody in to it.
resource "google_compute_instance" "closed" {
  name         = "closed"
  machine_type = "e2-small"
  zone         = "europe-west1-b"
  network_interface {
    network = google_compute_network.main.id
  }
}
