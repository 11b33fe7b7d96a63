# Services that select what another file declares, and one whose label a variable says: its pods stand here.

variable "name" {}

resource "kubernetes_deployment" "web" {
  metadata {
    name = "web"
  }
  spec {
    selector {
      match_labels = { app = var.name }
    }
    template {
      metadata {
        labels = { app = var.name }
      }
      spec {
        container {
          name  = "web"
          image = "nginx"
        }
      }
    }
  }
}

resource "kubernetes_service" "web" {
  metadata {
    name = "web"
  }
  spec {
    selector = { app = kubernetes_deployment.web.spec[0].template[0].metadata[0].labels.app }
    port {
      port = 80
    }
    type = "LoadBalancer" # ok: unseen-behind-load-balancer
  }
}

resource "kubernetes_service" "shop" {
  metadata {
    name      = "shop"
    namespace = "shop"
  }
  spec {
    selector = { app = kubernetes_pod.shop.metadata[0].labels.app }
    port {
      port = 80
    }
    type = "LoadBalancer" # expect: unseen-behind-load-balancer
  }
}

resource "kubernetes_service" "admin" {
  metadata {
    name      = "admin"
    namespace = "shop"
  }
  spec {
    selector = { app = kubernetes_pod.admin.metadata[0].labels.app }
    port {
      port = 80
    }
    type = "NodePort" # expect: unseen-behind-node-port
  }
}
