resource "azurerm_virtual_network" "shop" {
  name          = "shop"
  address_space = ["10.0.0.0/16"]
}

resource "azurerm_subnet" "web" {
  name                 = "web"
  virtual_network_name = azurerm_virtual_network.shop.name
  address_prefixes     = ["10.0.1.0/24"]
}

# It asks whoever comes from the internet who they are, and calls the machines of its network.
resource "azurerm_subnet" "bastion" {
  name                 = "AzureBastionSubnet"
  virtual_network_name = azurerm_virtual_network.shop.name
  address_prefixes     = ["10.0.9.0/26"]
}

resource "azurerm_public_ip" "bastion" {
  name              = "bastion"
  allocation_method = "Static"
  sku               = "Standard"
}

resource "azurerm_bastion_host" "shop" {
  name = "shop"
  sku  = "Standard"
  ip_configuration {
    name                 = "main"
    subnet_id            = azurerm_subnet.bastion.id
    public_ip_address_id = azurerm_public_ip.bastion.id
  }
}

resource "azurerm_network_security_group" "web" {
  name = "web"
  security_rule {
    name                       = "bastion"
    description                = "Administration through Bastion"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_ranges    = ["22", "3389"]
    source_address_prefix      = "10.0.9.0/26"
    destination_address_prefix = "*"
  }
  security_rule {
    name                       = "jump"
    description                = "Administration from the range of all servers"
    priority                   = 110
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_range     = "22"
    source_address_prefix      = "192.168.4.0/24" # expect: standing-admin-access
    destination_address_prefix = "*"
  }
  security_rule {
    name                       = "nobody-else"
    description                = "Nobody else"
    priority                   = 4096
    direction                  = "Inbound"
    access                     = "Deny"
    protocol                   = "*"
    source_port_range          = "*"
    destination_port_range     = "*"
    source_address_prefix      = "*"
    destination_address_prefix = "*"
  }
}

resource "azurerm_network_interface" "web" {
  name = "web"
  ip_configuration {
    name      = "main"
    subnet_id = azurerm_subnet.web.id
  }
}

resource "azurerm_network_interface_security_group_association" "web" {
  network_interface_id      = azurerm_network_interface.web.id
  network_security_group_id = azurerm_network_security_group.web.id
}

resource "azurerm_linux_virtual_machine" "web" {
  name                  = "web"
  network_interface_ids = [azurerm_network_interface.web.id]
}

# Defender opens the port on request, for three hours at most.
resource "azapi_resource" "on_request" {
  type      = "Microsoft.Security/locations/jitNetworkAccessPolicies@2020-01-01"
  name      = "web"
  parent_id = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Security/locations/westeurope"
  body = {
    kind = "Basic"
    properties = {
      virtualMachines = [{
        id    = azurerm_linux_virtual_machine.web.id
        ports = [{ number = 22, protocol = "TCP", allowedSourceAddressPrefix = "*", maxRequestAccessDuration = "PT3H" }]
      }]
    }
  }
}

resource "google_compute_network" "shop" {
  name                    = "shop"
  auto_create_subnetworks = false
}

resource "google_compute_subnetwork" "web" {
  name                     = "web"
  network                  = google_compute_network.shop.id
  ip_cidr_range            = "10.8.1.0/24"
  private_ip_google_access = true
}

resource "google_compute_firewall" "tunnels" {
  name        = "tunnels"
  description = "Tunnels of IAP"
  network     = google_compute_network.shop.name
  allow {
    protocol = "tcp"
    ports    = ["22"]
  }
  source_ranges = ["35.235.240.0/20"]
}

resource "google_compute_instance" "web" { # expect: unguarded-egress
  name         = "web-google"
  machine_type = "e2-small"
  zone         = "europe-west1-b"
  boot_disk {
    initialize_params {
      image = "debian-cloud/debian-12"
    }
  }
  network_interface {
    subnetwork = google_compute_subnetwork.web.id
  }
}

resource "google_iap_tunnel_instance_iam_member" "repair" {
  instance = google_compute_instance.web.name
  zone     = "europe-west1-b"
  role     = "roles/iap.tunnelResourceAccessor"
  member   = "user:operator@example.com"
  condition {
    title      = "The repair of the store"
    expression = "request.time < timestamp(\"2027-01-01T00:00:00Z\")"
  }
}

# Sessions of Systems Manager, which a permission lets somebody start until a day.
resource "aws_iam_role" "web" {
  name                = "web"
  assume_role_policy  = "{}"
  managed_policy_arns = ["arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"]
}

resource "aws_iam_instance_profile" "web" {
  role = aws_iam_role.web.name
}

resource "aws_vpc" "shop" {
  cidr_block = "10.4.0.0/16"
}

resource "aws_subnet" "web" {
  vpc_id     = aws_vpc.shop.id
  cidr_block = "10.4.1.0/24"
}

resource "aws_security_group" "web" {
  description = "Web servers"
  vpc_id      = aws_vpc.shop.id
  ingress {
    description = "Administration"
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["192.168.4.0/24"] # expect: standing-admin-access
  }
}

resource "aws_instance" "web" {
  ami                    = "ami-0abcdef1234567890"
  instance_type          = "t3.micro"
  subnet_id              = aws_subnet.web.id
  iam_instance_profile   = aws_iam_instance_profile.web.name
  vpc_security_group_ids = [aws_security_group.web.id]
}

data "aws_iam_policy_document" "repair" {
  statement {
    actions   = ["ssm:StartSession"]
    resources = [aws_instance.web.arn]
    condition {
      test     = "DateLessThan"
      variable = "aws:CurrentTime"
      values   = ["2027-01-01T00:00:00Z"]
    }
  }
}

resource "aws_iam_policy" "repair" {
  name   = "repair"
  policy = data.aws_iam_policy_document.repair.json
}

# Everybody may call it, and no longer than the fair lasts.
# undecided: public-api
resource "aws_api_gateway_rest_api" "fair" {
  name = "fair"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "execute-api:Invoke"
      Resource  = "execute-api:/*"
      Condition = { DateLessThan = { "aws:CurrentTime" = "2027-01-01T00:00:00Z" } }
    }]
  })
}

resource "aws_api_gateway_method" "fair" {
  rest_api_id   = aws_api_gateway_rest_api.fair.id
  resource_id   = "prices"
  http_method   = "GET"
  authorization = "COGNITO_USER_POOLS"
}
