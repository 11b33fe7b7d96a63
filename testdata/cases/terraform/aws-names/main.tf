resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "inner" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.1.0/24"
}

resource "aws_service_discovery_http_namespace" "shop" {
  name = "shop"
}

resource "aws_service_discovery_private_dns_namespace" "shop" {
  name = "shop.internal"
  vpc  = aws_vpc.main.id
}

resource "aws_service_discovery_service" "stock" {
  name = "stock"
  dns_config {
    namespace_id = aws_service_discovery_private_dns_namespace.shop.id
    dns_records {
      ttl  = 10
      type = "A"
    }
  }
}

resource "aws_route53_zone" "inner" {
  name = "example.internal"
}

resource "aws_route53_record" "store" {
  zone_id = aws_route53_zone.inner.zone_id
  name    = "store"
  type    = "CNAME"
  ttl     = 60
  records = [aws_db_instance.store.address]
}

resource "aws_security_group" "web" {
  vpc_id = aws_vpc.main.id
  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

# It lets in nobody, although the web calls it.
resource "aws_security_group" "orders" { # expect: blocked-need
  vpc_id = aws_vpc.main.id
}

resource "aws_security_group" "stock" {
  vpc_id = aws_vpc.main.id
  ingress {
    from_port       = 8081
    to_port         = 8081
    protocol        = "tcp"
    security_groups = [aws_security_group.web.id]
  }
}

resource "aws_security_group" "store" {
  vpc_id = aws_vpc.main.id
  ingress {
    from_port       = 5432
    to_port         = 5432
    protocol        = "tcp"
    security_groups = [aws_security_group.orders.id] # expect: blocked-need
  }
}

resource "aws_db_instance" "store" {
  engine                 = "postgres"
  instance_class         = "db.t4g.micro"
  db_subnet_group_name   = aws_db_subnet_group.inner.name
  vpc_security_group_ids = [aws_security_group.store.id]
}

resource "aws_db_subnet_group" "inner" {
  name       = "inner"
  subnet_ids = [aws_subnet.inner.id]
}

resource "aws_ecs_task_definition" "web" {
  family       = "web"
  network_mode = "awsvpc"
  container_definitions = jsonencode([{
    name         = "web"
    image        = "example/web:1"
    portMappings = [{ containerPort = 8443 }]
    environment = [
      { name = "ORDERS_URL", value = "http://orders:8080" },
      { name = "STOCK_URL", value = "http://stock.shop.internal:8081" },
      { name = "STORE_URL", value = "postgres://store.example.internal:5432/shop?sslmode=verify-full" },
    ]
  }])
}

resource "aws_ecs_service" "web" {
  name            = "web"
  task_definition = aws_ecs_task_definition.web.arn
  network_configuration {
    subnets         = [aws_subnet.inner.id]
    security_groups = [aws_security_group.web.id]
  }
  service_connect_configuration {
    enabled   = true
    namespace = aws_service_discovery_http_namespace.shop.arn
  }
}

resource "aws_ecs_task_definition" "orders" {
  family       = "orders"
  network_mode = "awsvpc"
  container_definitions = jsonencode([{
    name         = "orders"
    image        = "example/orders:1"
    portMappings = [{ name = "http", containerPort = 8080 }]
  }])
}

resource "aws_ecs_service" "orders" {
  name            = "orders"
  task_definition = aws_ecs_task_definition.orders.arn
  network_configuration {
    subnets         = [aws_subnet.inner.id]
    security_groups = [aws_security_group.orders.id]
  }
  service_connect_configuration {
    enabled   = true
    namespace = aws_service_discovery_http_namespace.shop.arn
    service {
      port_name = "http"
      client_alias {
        port     = 8080
        dns_name = "orders"
      }
    }
  }
}

resource "aws_ecs_task_definition" "stock" {
  family       = "stock"
  network_mode = "awsvpc"
  container_definitions = jsonencode([{
    name         = "stock"
    image        = "example/stock:1"
    portMappings = [{ containerPort = 8081 }]
  }])
}

resource "aws_ecs_service" "stock" {
  name            = "stock"
  task_definition = aws_ecs_task_definition.stock.arn
  network_configuration {
    subnets         = [aws_subnet.inner.id]
    security_groups = [aws_security_group.stock.id]
  }
  service_registries {
    registry_arn = aws_service_discovery_service.stock.arn
  }
}
