using System.Text.Json;
using System.Text.RegularExpressions;

namespace ShopFlow.Export.Manifests;

/// <summary>
/// Reads the format that Aspire's manifest publisher writes; see https://aspire.dev/deployment/manifest-format/. It checks what one resource
/// says by itself; <see cref="PlaceholderResolver"/> checks what they say of each other.
/// </summary>
internal sealed partial class ManifestReader(ProblemList problems)
{
    /// <summary>Where the HTTP endpoint of a .NET project listens unless the manifest says otherwise.</summary>
    public const int ProjectPort = 8080;

    private const string NoExecutables =
        "an executable runs a program of this machine, and a cluster has no such machine: make it a project or a container, or leave it out of the manifest with ExcludeFromManifest()";

    private const string NoBindMounts =
        "a folder of this machine cannot be mounted in a cluster: put the files into the image, or use a volume";

    private static readonly string[] s_workloadFields = ["type", "args", "env", "bindings"];

    public Manifest Read(string json)
    {
        var resources = new List<ManifestResource>();
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = new ManifestFields("aspire-manifest.json", "", document.RootElement, problems);
            root.RefuseOthers("$schema", "resources");
            if (root.OptionalObject("resources") is null)
                root.Wrong("resources", "must be an object");

            foreach (var (name, fields) in Resources(document.RootElement))
                resources.Add(ReadResource(name, fields));
        }
        catch (JsonException e)
        {
            problems.Add("aspire-manifest.json", $"line {e.LineNumber + 1}", "is not JSON");
        }

        return new Manifest([.. resources.DistinctBy(resource => resource.Name)]);
    }

    // Each resource is the source of its own problems.
    private IEnumerable<(string Name, ManifestFields Fields)> Resources(JsonElement root) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty("resources", out var resources) && resources.ValueKind == JsonValueKind.Object
            ? resources.EnumerateObject().Select(member => (member.Name, new ManifestFields(member.Name, "", member.Value, problems)))
            : [];

    private ManifestResource ReadResource(string name, ManifestFields fields)
    {
        var type = fields.String("type");
        switch (type)
        {
            case "project.v0" or "project.v1":
                return ReadProject(name, fields);
            case "container.v0" or "container.v1":
                return ReadContainer(name, fields);
            case "value.v0":
                fields.RefuseOthers("type", "connectionString");
                return new ManifestValue(name) { ConnectionString = fields.OptionalTemplate("connectionString") };
            case "parameter.v0":
                return ReadParameter(name, fields);
            case "annotated.string":
                return ReadAnnotatedString(name, fields);
            case "executable.v0" or "executable.v1":
                fields.Wrong("type", NoExecutables);
                return new ManifestUnsupported(name);
            case "":
                return new ManifestUnsupported(name);
            default:
                fields.Wrong("type", $"'{type}' is not known; known are project.v0, project.v1, container.v0, container.v1, value.v0, parameter.v0 and annotated.string");
                return new ManifestUnsupported(name);
        }
    }

    private ManifestProject ReadProject(string name, ManifestFields fields)
    {
        CheckName(name);
        // "deployment" holds instructions for one kind of Azure deployment; what they are about is in the other fields too.
        fields.RefuseOthers([.. s_workloadFields, "path", "deployment"]);
        fields.String("path");

        return new ManifestProject(name)
        {
            Arguments = fields.Templates("args"),
            Environment = fields.Variables("env"),
            Bindings = ReadBindings(fields, ProjectPort),
        };
    }

    private ManifestContainer ReadContainer(string name, ManifestFields fields)
    {
        CheckName(name);
        fields.RefuseOthers([.. s_workloadFields, "connectionString", "image", "build", "entrypoint", "bindMounts", "volumes"]);
        foreach (var mount in fields.List("bindMounts"))
            mount.Wrong("source", NoBindMounts);
        if (fields.Has("build"))
            fields.Wrong("build", "an image is not built here: build it, push it and name it with 'image'");

        return new ManifestContainer(name, fields.Has("build") ? "" : fields.String("image"))
        {
            ConnectionString = fields.OptionalTemplate("connectionString"),
            Entrypoint = fields.OptionalString("entrypoint"),
            Arguments = fields.Templates("args"),
            Environment = fields.Variables("env"),
            Bindings = ReadBindings(fields, defaultPort: null),
            Volumes = [.. fields.List("volumes").Select(ReadVolume)],
        };
    }

    private static ManifestVolume ReadVolume(ManifestFields fields)
    {
        fields.RefuseOthers("name", "target", "readOnly");
        return new ManifestVolume(fields.OptionalString("name") ?? "", fields.String("target"), fields.Boolean("readOnly"));
    }

    private static IReadOnlyList<ManifestBinding> ReadBindings(ManifestFields fields, int? defaultPort)
    {
        var bindings = new List<ManifestBinding>();
        foreach (var (name, binding) in fields.Objects("bindings"))
        {
            binding.RefuseOthers("scheme", "protocol", "transport", "port", "targetPort", "external", "tlsEnabled");
            var targetPort = binding.OptionalPort("targetPort") ?? defaultPort;
            if (targetPort is null)
                binding.Wrong("targetPort", "is missing: a container has to say where it listens");

            bindings.Add(new ManifestBinding(
                name,
                binding.String("scheme"),
                binding.OptionalString("transport") ?? "tcp",
                binding.OptionalString("protocol") ?? "tcp",
                binding.OptionalPort("port") ?? targetPort ?? 0,
                targetPort ?? 0,
                binding.Boolean("external")));
        }

        return RefuseDuplicates(fields, defaultPort is null ? bindings : WithoutHttps(fields, bindings));
    }

    // A .NET project gets no certificate here. The mesh encrypts what is between the services, so "https" is the same listener as "http".
    private static List<ManifestBinding> WithoutHttps(ManifestFields fields, List<ManifestBinding> bindings)
    {
        if (bindings.All(binding => binding.Scheme != "https"))
            return bindings;
        if (bindings.FirstOrDefault(binding => binding.Scheme == "http") is { } http)
            return [.. bindings.Select(binding => binding.Scheme == "https" ? http with { Name = binding.Name, IsExternal = binding.IsExternal } : binding)];

        fields.Wrong("bindings", "there is an https endpoint and no http endpoint: the mesh encrypts, so the project has to listen for http");
        return bindings;
    }

    private static List<ManifestBinding> RefuseDuplicates(ManifestFields fields, List<ManifestBinding> bindings)
    {
        foreach (var twins in bindings.Where(binding => binding.Port > 0 && !IsHttpsTwin(binding, bindings)).GroupBy(binding => (binding.Port, binding.Protocol)).Where(twins => twins.Count() > 1))
            fields.Wrong($"bindings.{twins.Last().Name}.port", $"{twins.Key.Port} is the port of {twins.First().Name} too");

        return bindings;
    }

    private static bool IsHttpsTwin(ManifestBinding binding, List<ManifestBinding> bindings) =>
        binding.Name == "https" && bindings.Any(other => other.Name == "http" && other.TargetPort == binding.TargetPort);

    private static ManifestParameter ReadParameter(string name, ManifestFields fields)
    {
        fields.RefuseOthers("type", "value", "connectionString", "inputs");
        if (fields.String("value") is { Length: > 0 } value && value != $"{{{name}.inputs.value}}")
            fields.Wrong("value", $"must be {{{name}.inputs.value}}");

        var input = fields.OptionalObject("inputs")?.OptionalObject("value");
        if (input is null)
            fields.Wrong("inputs.value", "is missing");

        input?.RefuseOthers("type", "secret", "default");
        var preset = input?.OptionalObject("default");
        preset?.RefuseOthers("value", "generate");
        return new ManifestParameter(name, input?.Boolean("secret") ?? false, preset?.OptionalString("value"))
        {
            ConnectionString = fields.OptionalTemplate("connectionString"),
        };
    }

    private static ManifestAnnotatedString ReadAnnotatedString(string name, ManifestFields fields)
    {
        fields.RefuseOthers("type", "value", "filter");
        var filter = fields.String("filter");
        if (filter is not ("uri" or ""))
            fields.Wrong("filter", $"'{filter}' is not known; known is uri");

        return new ManifestAnnotatedString(name, fields.OptionalTemplate("value") ?? Template.Parse(""), filter);
    }

    // The name becomes that of a Service, which is the strictest kind: https://www.rfc-editor.org/rfc/rfc1035#section-2.3.1
    private void CheckName(string name)
    {
        if (!ServiceName().IsMatch(name))
            problems.Add(name, "name", "Kubernetes takes at most 63 small letters, digits and hyphens, with a letter first and no hyphen last");
    }

    [GeneratedRegex("^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$")]
    private static partial Regex ServiceName();
}
