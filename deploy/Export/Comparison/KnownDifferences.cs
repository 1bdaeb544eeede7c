using ShopFlow.Export.Kubernetes;

namespace ShopFlow.Export.Comparison;

/// <summary>What another exporter does otherwise, and why ours stays as it is.</summary>
internal static class KnownDifferences
{
    /// <param name="kind">The kind of the workload.</param>
    /// <returns>Null: nobody knows of it yet.</returns>
    public static string? Reason(string kind, WorkloadDifference difference) => (difference.What, difference.Ours, difference.Theirs) switch
    {
        (WorkloadComparison.Whole, _, null) when kind == "Job" => "the model has no Jobs: ours migrates databases and makes secrets before the services roll out",
        (var variable, _, null) when variable.StartsWith(Variables.ParameterPrefix, StringComparison.Ordinal) => "what connection strings are put together from in the container",
        ("OTEL_EXPORTER_OTLP_ENDPOINT" or "OTEL_SERVICE_NAME", _, null) => "the collector is the cluster's, not the model's",
        ("ASPNETCORE_URLS", null, _) => "aspirate sets one address for every project; HTTP_PORTS has those of the model, of which the gateway's are two",
        ("DATABASE_OWNER" or "DATABASE_NAMES", _, null) or ("POSTGRES_USER", null, _) or ("POSTGRES_INITDB_ARGS", not null, not null) =>
            "services log in as the owner of their database, whom the image by itself would make a superuser",
        _ => null,
    };
}
