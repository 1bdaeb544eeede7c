using Aspire.Hosting.ApplicationModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>What every project is given: telemetry, console, and the endpoints of its launch profile or of its Kestrel settings.</summary>
internal sealed class ProjectDefaults
{
    private readonly IResourceBuilder<ProjectResource> _builder;
    private readonly IConfiguration _settings;
    private readonly ProjectResource _project;

    private ProjectDefaults(IResourceBuilder<ProjectResource> builder)
    {
        _builder = builder;
        _project = builder.Resource;
        _settings = ReadSettings(_project.GetProjectMetadata().ProjectPath);
    }

    private bool IsRunMode => _builder.ApplicationBuilder.ExecutionContext.IsRunMode;

    public static void Apply(IResourceBuilder<ProjectResource> builder, ProjectResourceOptions options)
    {
        var defaults = new ProjectDefaults(builder);

        defaults.AddTelemetry();
        defaults.ChooseLaunchProfile(options);
        defaults.AddEndpoints(options);
    }

    private static IConfiguration ReadSettings(string projectPath)
    {
        var folder = Path.GetDirectoryName(projectPath)!;
        var environment = Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT")
            ?? Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT");

        return new ConfigurationBuilder()
            .AddJsonFile(Path.Combine(folder, "appsettings.json"), optional: true)
            .AddJsonFile(Path.Combine(folder, $"appsettings.{environment}.json"), optional: true)
            .Build();
    }

    private void AddTelemetry()
    {
        _builder.WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY", "in_memory");

        if (IsRunMode && _builder.ApplicationBuilder.Environment.IsDevelopment())
        {
            _builder.WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_ASPNETCORE_DISABLE_URL_QUERY_REDACTION", "true");
            _builder.WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_HTTPCLIENT_DISABLE_URL_QUERY_REDACTION", "true");
        }

        _builder.WithOtlpExporter();

        _builder.WithEnvironment(context =>
        {
            if (context.ExecutionContext.IsRunMode)
            {
                context.EnvironmentVariables["DOTNET_SYSTEM_CONSOLE_ALLOW_ANSI_COLOR_REDIRECTION"] = "true";
                context.EnvironmentVariables["LOGGING__CONSOLE__FORMATTERNAME"] = "simple";
            }
            else if (_project.HasAnnotationOfType<EndpointAnnotation>()
                && !_project.HasAnnotationOfType<DisableForwardedHeadersAnnotation>())
            {
                context.EnvironmentVariables["ASPNETCORE_FORWARDEDHEADERS_ENABLED"] = "true";
            }
        });
    }

    private void ChooseLaunchProfile(ProjectResourceOptions options)
    {
        var configuration = _builder.ApplicationBuilder.Configuration;

        if (options.ExcludeLaunchProfile)
        {
            _builder.WithAnnotation(new ExcludeLaunchProfileAnnotation());
        }
        else if (!string.IsNullOrEmpty(options.LaunchProfileName))
        {
            _builder.WithAnnotation(new LaunchProfileAnnotation(options.LaunchProfileName));
        }
        else if ((configuration["AppHost:DefaultLaunchProfileName"] ?? configuration["DOTNET_LAUNCH_PROFILE"]) is { Length: > 0 } ownProfile)
        {
            _builder.WithAnnotation(new DefaultLaunchProfileAnnotation(ownProfile));
        }
    }

    private void AddEndpoints(ProjectResourceOptions options)
    {
        var launch = _project.GetEffectiveLaunchProfile();

        if (!options.ExcludeKestrelEndpoints)
        {
            AddKestrelEndpoints();
        }

        // Kestrel ignores every other setting of its addresses once it has endpoints of its own.
        _builder.WithEnvironment(OverrideKestrelEndpoints);

        if (IsRunMode)
        {
            AddRunEndpoints(launch);
        }
        else
        {
            AddPublishEndpoints(launch?.Profile.ApplicationUrl);
        }
    }

    private void AddKestrelEndpoints()
    {
        var byScheme = _settings.GetSection("Kestrel:Endpoints").GetChildren()
            .Where(endpoint => endpoint["Url"] is not null)
            .Select(endpoint => (Name: endpoint.Key, Address: BindingAddress.Parse(endpoint["Url"]!), Protocols: endpoint["Protocols"]))
            .GroupBy(endpoint => endpoint.Address.Scheme);

        foreach (var endpoints in byScheme)
        {
            var isOnly = endpoints.Count() == 1;

            foreach (var (name, address, protocols) in endpoints)
            {
                _builder.WithEndpoint(isOnly ? endpoints.Key : name, endpoint =>
                {
                    // A platform gives out its own ports, so there the setting can only be the container's port.
                    endpoint.TargetPort = IsRunMode ? endpoint.TargetPort : address.Port;
                    endpoint.Port = IsRunMode ? address.Port : endpoint.Port;
                    endpoint.UriScheme = address.Scheme;
                    endpoint.TargetHost = HostOf(address);
                    SetTransport(endpoint, protocols);
                    _project.KestrelEndpointAnnotationHosts[endpoint] = endpoint.TargetHost;
                });
            }
        }
    }

    private void AddRunEndpoints((string Name, LaunchProfile Profile)? launch)
    {
        if (!_project.HasKestrelEndpoints)
        {
            _builder.WithEnvironment(SetAspNetCoreUrls);
        }

        if (launch is not var (name, profile))
        {
            return;
        }

        if (!_project.HasKestrelEndpoints)
        {
            AddLaunchProfileEndpoints(profile);
        }

        _builder.WithEnvironment(context =>
        {
            context.EnvironmentVariables.TryAdd("DOTNET_LAUNCH_PROFILE", name);

            foreach (var (variable, value) in profile.EnvironmentVariables)
            {
                context.EnvironmentVariables.TryAdd(variable, Environment.ExpandEnvironmentVariables(value));
            }
        });
    }

    private void AddLaunchProfileEndpoints(LaunchProfile profile)
    {
        var addresses = (profile.ApplicationUrl ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries).Select(BindingAddress.Parse);
        var counts = new Dictionary<string, int>();

        foreach (var address in addresses)
        {
            var count = counts[address.Scheme] = counts.GetValueOrDefault(address.Scheme) + 1;

            _builder.WithEndpoint(count == 1 ? address.Scheme : $"{address.Scheme}{count}", endpoint =>
            {
                endpoint.Port = address.Port;
                endpoint.TargetHost = HostOf(address);
                endpoint.UriScheme = address.Scheme;
                endpoint.FromLaunchProfile = true;
                SetTransport(endpoint, protocols: null);
            });
        }

        if (Uri.TryCreate(profile.LaunchUrl, UriKind.RelativeOrAbsolute, out var launchUrl))
        {
            _builder.WithUrls(context =>
            {
                foreach (var url in context.Urls.Where(url => url.Endpoint is { EndpointAnnotation.FromLaunchProfile: true }))
                {
                    url.Url = new Uri(new Uri(url.Url), launchUrl).ToString();
                }
            });
        }
    }

    private void AddPublishEndpoints(string? applicationUrl)
    {
        if (!_project.HasKestrelEndpoints)
        {
            _builder.WithEnvironment(SetPorts);
        }

        // A project without addresses of its own is no web project; it has the endpoints that the model gives it.
        if (applicationUrl is null && !_project.HasKestrelEndpoints)
        {
            return;
        }

        var http = GetOrAdd("http");
        var https = GetOrAdd("https");
        http.TargetPort = https.TargetPort = http.TargetPort ?? https.TargetPort;
    }

    private EndpointAnnotation GetOrAdd(string scheme)
    {
        if (Find() is { } existing)
        {
            return existing;
        }

        _builder.WithEndpoint(scheme, endpoint =>
        {
            endpoint.UriScheme = scheme;
            SetTransport(endpoint, protocols: null);
        });

        var added = Find()!;
        _project.DefaultHttpsEndpoint = scheme == "https" ? added : _project.DefaultHttpsEndpoint;
        return added;

        EndpointAnnotation? Find() => _project.Annotations
            .OfType<EndpointAnnotation>()
            .FirstOrDefault(
                endpoint => endpoint.UriScheme == scheme || string.Equals(endpoint.Name, scheme, StringComparison.OrdinalIgnoreCase));
    }

    private void SetAspNetCoreUrls(EnvironmentCallbackContext context)
    {
        if (context.EnvironmentVariables.ContainsKey("ASPNETCORE_URLS"))
        {
            return;
        }

        var urls = new ReferenceExpressionBuilder();

        foreach (var endpoint in ListeningEndpoints())
        {
            if (!urls.IsEmpty)
            {
                urls.AppendLiteral(";");
            }

            if (endpoint.Scheme == "https")
            {
                // Redirects to https must name the port that callers see, not the one behind the proxy.
                context.EnvironmentVariables.TryAdd("ASPNETCORE_HTTPS_PORT", endpoint.Property(EndpointProperty.Port));
            }

            var (scheme, port) = (endpoint.Property(EndpointProperty.Scheme), endpoint.Property(EndpointProperty.TargetPort));
            urls.Append($"{scheme}://{endpoint.EndpointAnnotation.TargetHost}:{port}");
        }

        if (!urls.IsEmpty)
        {
            context.EnvironmentVariables["ASPNETCORE_URLS"] = urls.Build();
        }
    }

    private void SetPorts(EnvironmentCallbackContext context)
    {
        SetPorts("HTTP_PORTS", "http");
        SetPorts("HTTPS_PORTS", "https");

        void SetPorts(string variable, string scheme)
        {
            var ports = new ReferenceExpressionBuilder();

            var endpoints = ListeningEndpoints()
                .Where(endpoint => endpoint.Scheme == scheme && endpoint.EndpointAnnotation != _project.DefaultHttpsEndpoint);

            foreach (var endpoint in endpoints)
            {
                if (!ports.IsEmpty)
                {
                    ports.AppendLiteral(";");
                }

                ports.Append($"{endpoint.Property(EndpointProperty.TargetPort)}");
            }

            if (!ports.IsEmpty)
            {
                context.EnvironmentVariables.TryAdd(variable, ports.Build());
            }
        }
    }

    private void OverrideKestrelEndpoints(EnvironmentCallbackContext context)
    {
        if (!_project.HasKestrelEndpoints)
        {
            return;
        }

        foreach (var endpoint in ListeningEndpoints().Where(endpoint => endpoint.EndpointAnnotation != _project.DefaultHttpsEndpoint))
        {
            // In a container localhost would be nobody's address.
            var host = IsRunMode ? _project.KestrelEndpointAnnotationHosts.GetValueOrDefault(endpoint.EndpointAnnotation, "*") : "*";
            context.EnvironmentVariables[$"Kestrel__Endpoints__{endpoint.EndpointName}__Url"] =
                ReferenceExpression.Create($"{endpoint.Scheme}://{host}:{endpoint.Property(EndpointProperty.TargetPort)}");
        }
    }

    /// <summary>The endpoints that Kestrel is told of by its own variables, rather than by one that the model names.</summary>
    private IEnumerable<EndpointReference> ListeningEndpoints() => _project
        .GetEndpoints()
        .Where(endpoint => endpoint.Scheme is "http" or "https" && endpoint.EndpointAnnotation.TargetPortEnvironmentVariable is null);

    private void SetTransport(EndpointAnnotation endpoint, string? protocols)
    {
        if ((protocols ?? _settings["Kestrel:EndpointDefaults:Protocols"]) == "Http2")
        {
            endpoint.Transport = "http2";
        }
    }

    private static string HostOf(BindingAddress address) =>
        string.Equals(address.Host, KnownHostNames.Localhost, StringComparison.OrdinalIgnoreCase) ? KnownHostNames.Localhost : address.Host;
}
