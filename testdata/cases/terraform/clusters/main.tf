variable "replicas" {
  default = 2
}

resource "kubernetes_namespace" "shop" {
  metadata {
    name = "shop"
  }
}

resource "kubernetes_deployment_v1" "web" {
  metadata {
    name      = "web"
    namespace = kubernetes_namespace.shop.metadata[0].name
  }
  spec {
    replicas = var.replicas
    selector {
      match_labels = { app = "web" }
    }
    template {
      metadata {
        labels = { app = "web" }
      }
      spec {
        container {
          name  = "web"
          image = "nginx:1.29"
          port {
            container_port = 80
            host_port      = 8080 # expect: host-port
          }
          volume_mount {
            name       = "docker"
            mount_path = "/var/run/docker.sock"
          }
        }
        volume {
          name = "docker"
          host_path {
            path = "/var/run/docker.sock" # expect: docker-socket-mounted
          }
        }
      }
    }
  }
}

resource "kubernetes_service_v1" "web" {
  metadata {
    name      = "web"
    namespace = kubernetes_namespace.shop.metadata[0].name
  }
  spec {
    type     = "LoadBalancer"
    selector = { app = "web" }
    port {
      port        = 443
      target_port = 80
    }
  }
}

resource "kubectl_manifest" "metrics" {
  yaml_body = <<-YAML
    apiVersion: v1
    kind: Service
    metadata:
      name: metrics
      namespace: shop
    spec:
      type: NodePort
      selector:
        app: web
      ports:
        - port: 80
          nodePort: 30080 # expect: node-port
  YAML
}

resource "kubernetes_pod" "agent" {
  metadata {
    name      = "agent"
    namespace = "shop"
  }
  spec {
    host_network = true # expect: host-network
    container {
      name  = "agent"
      image = "example/agent:1"
    }
  }
}
