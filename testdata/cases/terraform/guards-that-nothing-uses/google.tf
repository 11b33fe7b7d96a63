resource "google_compute_network" "shop" {
  name = "shop"
}

resource "google_compute_firewall" "admin" {
  name    = "admin"
  network = google_compute_network.shop.name

  allow {
    protocol = "tcp"
    ports    = ["22", "3389"]
  }

  source_ranges = ["0.0.0.0/0"] # expect: remote-admin-exposed
  target_tags   = ["admin"]
}

# For all members of the network, those with the tag too: a denial comes before an allowance of the same priority.
resource "google_compute_firewall" "no_desktops" {
  name    = "no-desktops"
  network = google_compute_network.shop.name

  deny {
    protocol = "tcp"
    ports    = ["3389"]
  }

  source_ranges = ["0.0.0.0/0"]
}
