resource "google_compute_network" "main" {
  name                    = "main"
  auto_create_subnetworks = false
}

resource "google_compute_subnetwork" "main" {
  name          = "main"
  region        = "europe-west3"
  ip_cidr_range = "10.0.0.0/24"
  network       = google_compute_network.main.id
}

resource "google_compute_firewall" "ssh" {
  name          = "ssh"
  network       = google_compute_network.main.name
  target_tags   = ["jump"]
  source_ranges = ["0.0.0.0/0"] # expect: remote-admin-exposed
  allow {
    protocol = "tcp"
    ports    = ["22"]
  }
}

# Of one priority with the one that allows: the denial comes first.
resource "google_compute_firewall" "rdp" {
  name          = "rdp"
  network       = google_compute_network.main.name
  source_ranges = ["0.0.0.0/0"] # ok: remote-admin-exposed
  allow {
    protocol = "tcp"
    ports    = ["3389"]
  }
}

resource "google_compute_firewall" "no_rdp" {
  name          = "no-rdp"
  network       = google_compute_network.main.name
  source_ranges = ["0.0.0.0/0"]
  deny {
    protocol = "tcp"
    ports    = ["3389"]
  }
}

resource "google_compute_firewall" "winrm" {
  name          = "winrm"
  network       = google_compute_network.main.name
  disabled      = true
  source_ranges = ["0.0.0.0/0"] # ok: remote-admin-exposed
  allow {
    protocol = "tcp"
    ports    = ["5985-5986"]
  }
}

resource "google_compute_instance" "jump" {
  name         = "jump"
  machine_type = "e2-small"
  zone         = "europe-west3-a"
  tags         = ["jump"]
  network_interface {
    subnetwork = google_compute_subnetwork.main.id
    access_config {}
  }
}

# Without an access configuration there is no address to call.
resource "google_compute_instance" "inside" {
  name         = "inside"
  machine_type = "e2-small"
  zone         = "europe-west3-a"
  tags         = ["jump"]
  network_interface {
    subnetwork = google_compute_subnetwork.main.id
  }
}

# Another tag: the rule is not for it, and what no rule allows is denied.
resource "google_compute_instance" "untagged" {
  name         = "untagged"
  machine_type = "e2-small"
  zone         = "europe-west3-a"
  network_interface {
    subnetwork = google_compute_subnetwork.main.id
    access_config {}
  }
}
