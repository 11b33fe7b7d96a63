# Rules of a network are asked before the policies of networks, unless the network says otherwise; what a rule of a policy
# hands on, the next tier decides; a denial goes before an allowance of the same priority (R77–R79).
resource "google_compute_network" "after" {
  name                    = "after"
  auto_create_subnetworks = false
}

resource "google_compute_network" "before" {
  name                                      = "before"
  auto_create_subnetworks                   = false
  network_firewall_policy_enforcement_order = "BEFORE_CLASSIC_FIREWALL"
}

resource "google_compute_network" "policy_only" {
  name                    = "policy-only"
  auto_create_subnetworks = false
}

resource "google_compute_firewall" "after" {
  name          = "after"
  network       = google_compute_network.after.id
  source_ranges = ["0.0.0.0/0"] # expect: remote-admin-exposed "on after is reachable"
  allow {
    protocol = "tcp"
    ports    = ["22"]
  }
}

resource "google_compute_firewall" "before" {
  name          = "before"
  network       = google_compute_network.before.id
  source_ranges = ["0.0.0.0/0"] # expect: grant-open-to-internet, shadowed-grant
  allow {
    protocol = "tcp"
    ports    = ["22"]
  }
}

resource "google_compute_firewall" "same_priority" {
  name          = "same-priority"
  network       = google_compute_network.after.id
  source_ranges = ["0.0.0.0/0"] # expect: grant-open-to-internet, shadowed-grant
  allow {
    protocol = "tcp"
    ports    = ["5432"]
  }
}

resource "google_compute_firewall" "same_priority_denies" {
  name          = "same-priority-denies"
  network       = google_compute_network.after.id
  source_ranges = ["0.0.0.0/0"]
  deny {
    protocol = "tcp"
    ports    = ["5432"]
  }
}

resource "google_compute_network_firewall_policy" "closed" {
  name = "closed"
}

resource "google_compute_network_firewall_policy_rule" "closed" {
  firewall_policy = google_compute_network_firewall_policy.closed.name
  priority        = 100
  direction       = "INGRESS"
  action          = "deny"
  match {
    src_ip_ranges = ["0.0.0.0/0"] # expect: shadowed-grant
    layer4_configs {
      ip_protocol = "tcp"
      ports       = ["22"]
    }
  }
}

resource "google_compute_network_firewall_policy_association" "after" {
  name              = "after"
  firewall_policy   = google_compute_network_firewall_policy.closed.name
  attachment_target = google_compute_network.after.id
}

resource "google_compute_network_firewall_policy_association" "before" {
  name              = "before"
  firewall_policy   = google_compute_network_firewall_policy.closed.name
  attachment_target = google_compute_network.before.id
}

resource "google_compute_network_firewall_policy" "open" {
  name = "open"
}

resource "google_compute_network_firewall_policy_rule" "handed_on" {
  firewall_policy = google_compute_network_firewall_policy.open.name
  priority        = 100
  direction       = "INGRESS"
  action          = "goto_next"
  match {
    src_ip_ranges = ["0.0.0.0/0"] # ok: data-store-exposed
    layer4_configs {
      ip_protocol = "tcp"
      ports       = ["3306"]
    }
  }
}

resource "google_compute_network_firewall_policy_rule" "everything" {
  firewall_policy = google_compute_network_firewall_policy.open.name
  priority        = 200
  direction       = "INGRESS"
  action          = "allow"
  match {
    src_ip_ranges = ["0.0.0.0/0"] # expect: remote-admin-exposed "on policy-only is reachable"
    layer4_configs {
      ip_protocol = "tcp"
      ports       = ["22", "3306"]
    }
  }
}

resource "google_compute_network_firewall_policy_association" "policy_only" {
  name              = "policy-only"
  firewall_policy   = google_compute_network_firewall_policy.open.name
  attachment_target = google_compute_network.policy_only.id
}

resource "google_compute_instance" "after" { # expect: unguarded-egress
  name         = "after"
  machine_type = "e2-small"
  network_interface {
    network = google_compute_network.after.id
    access_config {} # expect: public-address
  }
}

resource "google_compute_instance" "before" { # expect: unguarded-egress
  name         = "before"
  machine_type = "e2-small"
  network_interface {
    network = google_compute_network.before.id
    access_config {} # expect: public-address
  }
}

resource "google_compute_instance" "policy_only" { # expect: unguarded-egress
  name         = "policy-only"
  machine_type = "e2-small"
  network_interface {
    network = google_compute_network.policy_only.id
    access_config {} # expect: public-address
  }
}
