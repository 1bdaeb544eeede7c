using System.Text.Json.Nodes;
using ShopFlow.Cli.Images;

namespace ShopFlow.Tests.Images;

public sealed class BillOfMaterialsTests
{
    private static readonly string s_dependencies = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "ShopFlow.Orders.deps.json"));

    private static readonly JsonNode s_bill = Create();

    private static IEnumerable<JsonNode> Components => s_bill["components"]!.AsArray().Select(component => component!);

    private static IEnumerable<JsonNode> Packages => Components.Where(component => Text(component, "purl")?.StartsWith("pkg:nuget/", StringComparison.Ordinal) == true);

    [Fact]
    public void Every_package_of_the_service_is_in_it_once_with_its_hash_and_nothing_else_is()
    {
        var expected = JsonNode.Parse(s_dependencies)!["libraries"]!.AsObject()
            .Where(library => Text(library.Value!, "type") == "package")
            .Select(library => (library.Key, Convert.ToHexStringLower(Convert.FromBase64String(Text(library.Value!, "sha512")!["sha512-".Length..]))));

        var actual = Packages.Select(package => ($"{package["name"]}/{package["version"]}", Text(package["hashes"]![0]!, "content")!));

        Assert.Equal(expected.Order(), actual.Order());
    }

    [Fact]
    public void Packages_have_the_license_that_they_name()
    {
        Assert.Equal("PostgreSQL", LicenseOf("Npgsql"));
        Assert.Equal("MIT", LicenseOf("Microsoft.EntityFrameworkCore"));
        Assert.Null(PackageLicenses.Of("""{"packageFolders": {"/nowhere/": {}}}""").Find("npgsql/10.0.0"));

        string? LicenseOf(string name) => Text(Packages.Single(package => Text(package, "name") == name)["licenses"]![0]!, "expression");
    }

    [Fact]
    public void What_it_depends_on_begins_at_the_image_and_reaches_every_component_there_is()
    {
        var needed = s_bill["dependencies"]!.AsArray().ToDictionary(entry => Text(entry!, "ref")!, entry => entry!["dependsOn"]!.AsArray().Select(name => name!.GetValue<string>()).ToArray());
        var reached = new HashSet<string>();
        Reach("image");

        Assert.Equal(Components.Select(component => Text(component, "bom-ref")!).Append("image").Order(), reached.Order());
        Assert.Equal(["ShopFlow.Orders/1.0.0", "base"], needed["image"]);

        void Reach(string name)
        {
            if (reached.Add(name))
                Array.ForEach(needed[name], Reach);
        }
    }

    [Fact]
    public void The_image_and_what_it_begins_with_are_named()
    {
        Assert.Equal(("CycloneDX", "1.6"), (Text(s_bill, "bomFormat"), Text(s_bill, "specVersion")));
        Assert.Equal(("registry.test/shop/orders", "1.2.3"), NameOf(s_bill["metadata"]!["component"]!));

        var basis = Components.Single(component => Text(component, "bom-ref") == "base");
        Assert.Equal(("docker.io/dotnet/aspnet", "10.0"), NameOf(basis));
        Assert.Equal("pkg:docker/dotnet/aspnet@10.0?repository_url=docker.io", Text(basis, "purl"));

        static (string?, string?) NameOf(JsonNode component) => (Text(component, "name"), Text(component, "version"));
    }

    [Fact]
    public void The_same_input_gives_the_same_number_and_another_version_another()
    {
        Assert.Matches("^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", Text(s_bill, "serialNumber"));
        Assert.Equal(s_bill.ToJsonString(), Create().ToJsonString());
        Assert.NotEqual(Text(s_bill, "serialNumber"), Text(Create("1.2.4"), "serialNumber"));
    }

    private static JsonNode Create(string version = "1.2.3")
    {
        var assets = File.ReadAllText(Checkout.Path("services", "Orders", "obj", "project.assets.json"));
        return JsonNode.Parse(BillOfMaterials.Create("registry.test/shop/orders", version, "dotnet/aspnet:10.0", s_dependencies, PackageLicenses.Of(assets).Find))!;
    }

    private static string? Text(JsonNode node, string name) => node[name]?.GetValue<string>();
}
