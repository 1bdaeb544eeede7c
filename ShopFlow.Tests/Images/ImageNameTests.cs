using System.Text.RegularExpressions;
using ShopFlow.Cli.Images;

namespace ShopFlow.Tests.Images;

public sealed partial class ImageNameTests
{
    [Fact]
    public void Every_service_that_the_cluster_expects_an_image_of_has_one_of_that_name()
    {
        var expected = ExpectedImage().Matches(File.ReadAllText(Checkout.Path("deploy", "kubernetes", "overlays", "dev", "kustomization.yaml"))).Select(match => match.Groups[1].Value);

        Assert.Equal(expected.Order(StringComparer.Ordinal), ServiceProject.Find(new(Checkout.Root)).Select(service => service.Name));
    }

    [Theory]
    [InlineData("registry.test/shop/orders", "registry.test", "shop/orders")]
    [InlineData("localhost:5000/orders", "localhost:5000", "orders")]
    [InlineData("localhost/orders", "localhost", "orders")]
    [InlineData("registry.test", "registry.test", "")]
    [InlineData("library/debian:13", "docker.io", "library/debian:13")]
    [InlineData("debian:13", "docker.io", "debian:13")]
    public void The_host_is_what_an_engine_takes_for_it(string name, string host, string path) => Assert.Equal((host, path), ImageName.Split(name));

    [Theory]
    [InlineData("dotnet/aspnet:10.0", "dotnet/aspnet", "10.0")]
    [InlineData("dotnet/aspnet", "dotnet/aspnet", "latest")]
    [InlineData("localhost:5000/aspnet", "localhost:5000/aspnet", "latest")]
    [InlineData("dotnet/aspnet:10.0@sha256:ab", "dotnet/aspnet", "sha256:ab")]
    public void A_digest_says_more_than_a_tag(string image, string name, string version) => Assert.Equal((name, version), ImageName.SplitVersion(image));

    [Fact]
    public void An_image_has_the_registrys_name_wherever_it_goes()
    {
        Assert.Equal(["ContainerRegistry=localhost:5000", "ContainerRepository=shop/orders"], new ImageTarget.Push("localhost:5000/shop").Properties("orders"));
        Assert.Equal(["ContainerRegistry=registry.test", "ContainerRepository=orders"], new ImageTarget.Push("registry.test").Properties("orders"));
        Assert.Equal(["ContainerRepository=registry.test/shop/orders", "LocalRegistry=Podman"], new ImageTarget.Engine("registry.test/shop", "podman").Properties("orders"));
        Assert.Equal(["ContainerRepository=registry.test/shop/orders", $"ContainerArchiveOutputPath={Path.Combine("there", "orders.tar")}"], new ImageTarget.Archives("registry.test/shop", "there").Properties("orders"));
    }

    [Theory]
    [InlineData(true, "x.csproj : error NU1101: Unable to find package Microsoft.NETCore.App.Crossgen2.linux-x64. No packages exist with this id")]
    [InlineData(true, "x.csproj : error NU1102: Unable to find package Microsoft.AspNetCore.App.Runtime.linux-x64 with version (= 10.0.12)\nbuild FAILED")]
    [InlineData(false, "x.csproj : error NU1101: Unable to find package Npgsql. No packages exist with this id")]
    [InlineData(false, "x.csproj : error NU1101: Unable to find package Microsoft.NETCore.App.Crossgen2.linux-x64.\nx.cs(1,1): error CS1002: ; expected")]
    [InlineData(false, "no reason given")]
    public void Only_what_ReadyToRun_takes_can_be_done_without(bool expected, string output) => Assert.Equal(expected, ImageBuild.LacksReadyToRun(output));

    [GeneratedRegex(@"^  - name: shopflow/(\S+)$", RegexOptions.Multiline)]
    private static partial Regex ExpectedImage();
}
