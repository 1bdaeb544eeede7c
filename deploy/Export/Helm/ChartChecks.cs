using ShopFlow.Export.Kubernetes;

namespace ShopFlow.Export.Helm;

/// <summary>What no schema can say of values, as a template that makes no object.</summary>
internal static class ChartChecks
{
    public static string Write(IEnumerable<ChartValue> values)
    {
        string[] paths = [.. values.Select(value => value.Path)];
        // Numbers out of files and out of --set have different types.
        return string.Concat(
        [
            Fail($"ne .Release.Namespace \"{Names.Shop}\"", $"the shop's namespace is {Names.Shop}: rules name it; say --namespace {Names.Shop}"),
            Fail("and (eq .Values.servers.run \"operators\") (eq .Values.secrets.from \"generated\")", "servers.run: operators take passwords from Secrets of a form that only secrets.from aws has"),
            .. Ending(paths, ".replicas.min").Select(path => Fail($"gt (int .Values.{path}.replicas.min) (int .Values.{path}.replicas.max)", $"{path}.replicas.min is more than max")),
            .. Ending(paths, ".host").Select(path => Fail($"and (eq .Values.{path}.host \"*\") (not .Values.plainHttp)", $"{path}.host: a certificate needs a name; '*' goes with plainHttp only")),
        ]);
    }

    private static IEnumerable<string> Ending(string[] paths, string end) => paths.Where(path => path.EndsWith(end, StringComparison.Ordinal)).Select(path => path[..^end.Length]);

    private static string Fail(string condition, string message) => $"{{{{- if {condition} }}}}{{{{ fail \"{message}\" }}}}{{{{ end }}}}\n";
}
