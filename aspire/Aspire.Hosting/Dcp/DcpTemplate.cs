using System.Text.RegularExpressions;

namespace Aspire.Hosting.Dcp;

/// <summary>DCP reads environment values and arguments as Go templates.</summary>
internal static partial class DcpTemplate
{
    /// <summary>The port at which the process that gets this text is to serve the Service.</summary>
    public static string PortForServing(string serviceName) => $$$"""{{- portForServing "{{{serviceName}}}" -}}""";

    /// <summary>An annotation of the object itself.</summary>
    public static string Annotation(string name) => $$$"""{{- index .Annotations "{{{name}}}" -}}""";

    /// <summary>Keeps our own templates and quotes every other <c>{{</c>, so that passwords and JSON arrive as they are.</summary>
    public static string Quote(string text) =>
        text.Contains("{{", StringComparison.Ordinal)
            ? OpeningBraces().Replace(text, match => match.Length > 2 ? match.Value : """{{ "{{" }}""")
            : text;

    [GeneratedRegex("""\{\{- (?:(?:portForServing|portFor|addressFor) "[^"]+"|index \.Annotations "[^"]+") -\}\}|\{\{""")]
    private static partial Regex OpeningBraces();
}
