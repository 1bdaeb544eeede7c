namespace Aspire.StandIn.Tests.Model;

public sealed class ProjectTests : IDisposable
{
    private const string LaunchSettings = """
        {
          "profiles": {
            "IIS": { "commandName": "IISExpress" },
            "http": { "commandName": "Project", "applicationUrl": "http://localhost:5111", "environmentVariables": { "FROM_PROFILE": "http" } },
            "https": { "commandName": "Project", "applicationUrl": "https://localhost:7111;http://localhost:5111;http://localhost:5112" },
          },
        }
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aspire tests ");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_project_has_the_endpoints_of_its_first_launch_profile()
    {
        var project = AddProject(TestModel.ToRun(), LaunchSettings);

        Assert.Equal([("http", 5111)], EndpointsOf(project));
    }

    [Fact]
    public void A_project_has_the_endpoints_of_the_launch_profile_that_the_model_names()
    {
        Write(LaunchSettings);

        Assert.Equal(
            [("https", 7111), ("http", 5111), ("http2", 5112)],
            EndpointsOf(TestModel.ToRun().AddProject("api", ProjectPath, "https")));
        Assert.Empty(EndpointsOf(TestModel.ToRun().AddProject("api", ProjectPath, (string?)null)));
        Assert.Throws<DistributedApplicationException>(() => TestModel.ToRun().AddProject("api", ProjectPath, "ftp"));
    }

    [Fact]
    public void Projects_prefer_the_launch_profile_that_the_app_host_runs_with()
    {
        Assert.Equal(
            [("https", 7111), ("http", 5111), ("http2", 5112)],
            EndpointsOf(AddProject(TestModel.ToRun("--AppHost:DefaultLaunchProfileName=https"), LaunchSettings)));
        Assert.Equal(
            [("http", 5111)],
            EndpointsOf(AddProject(TestModel.ToRun("--AppHost:DefaultLaunchProfileName=other"), LaunchSettings)));
    }

    [Fact]
    public void A_project_has_the_endpoints_of_its_kestrel_settings_instead_of_those_of_its_launch_profile()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "appsettings.json"), """
            { "Kestrel": { "Endpoints": { "Grpc": { "Url": "http://*:6001", "Protocols": "Http2" }, "Web": { "Url": "http://*:6002" } } } }
            """);

        var project = AddProject(TestModel.ToRun(), LaunchSettings);

        Assert.Equal([("Grpc", 6001), ("Web", 6002)], EndpointsOf(project));
        Assert.Equal("http2", project.Resource.EndpointNamed("Grpc").Transport);
    }

    [Fact]
    public async Task A_project_is_told_its_addresses_its_profile_and_where_its_telemetry_goes()
    {
        var builder = TestModel.ToRun("--ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL=http://localhost:19280", "--environment", "Production");
        var project = AddProject(builder, LaunchSettings).WithHttpEndpoint(name: "admin", env: "ADMIN_PORT");
        project.Resource.Allocate("http", 5111, "{{- portForServing \"api\" -}}");
        project.Resource.Allocate("admin", 5222, "{{- portForServing \"api-admin\" -}}");

        var environment = await project.ReadEnvironmentAsync();

        Assert.Equal("http://localhost:{{- portForServing \"api\" -}}", environment["ASPNETCORE_URLS"]);
        Assert.Equal("{{- portForServing \"api-admin\" -}}", environment["ADMIN_PORT"]);
        Assert.Equal("http", environment["DOTNET_LAUNCH_PROFILE"]);
        Assert.Equal("http", environment["FROM_PROFILE"]);
        Assert.Equal("http://localhost:19280", environment["OTEL_EXPORTER_OTLP_ENDPOINT"]);
        Assert.Equal("grpc", environment["OTEL_EXPORTER_OTLP_PROTOCOL"]);
        Assert.Equal("{{- index .Annotations \"otel-service-name\" -}}", environment["OTEL_SERVICE_NAME"]);
    }

    [Fact]
    public void A_broken_launch_settings_file_is_named()
    {
        var exception = Assert.Throws<DistributedApplicationException>(() => AddProject(TestModel.ToRun(), "{ nonsense"));

        Assert.Contains("launchSettings.json", exception.Message);
    }

    [Fact]
    public void A_project_that_is_not_there_is_named()
    {
        var exception = Assert.Throws<DistributedApplicationException>(() => TestModel.ToRun().AddProject("api", ProjectPath));

        Assert.Contains(ProjectPath, exception.Message);
    }

    private string ProjectPath => Path.Combine(_folder.FullName, "Api.csproj");

    private static IEnumerable<(string Name, int? Port)> EndpointsOf(IResourceBuilder<ProjectResource> project) =>
        project.Resource.Annotations.OfType<EndpointAnnotation>().Select(endpoint => (endpoint.Name, endpoint.Port));

    private IResourceBuilder<ProjectResource> AddProject(IDistributedApplicationBuilder builder, string launchSettings)
    {
        Write(launchSettings);
        return builder.AddProject("api", ProjectPath);
    }

    private void Write(string launchSettings)
    {
        File.WriteAllText(ProjectPath, "<Project />");
        _folder.CreateSubdirectory("Properties");
        File.WriteAllText(Path.Combine(_folder.FullName, "Properties", "launchSettings.json"), launchSettings);
    }
}
