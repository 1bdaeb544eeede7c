using ShopFlow.Export.Comparison;
using ShopFlow.Export.Tests.Kubernetes;

namespace ShopFlow.Export.Tests.Comparison;

public sealed class WorkloadComparisonTests
{
    // The same by two hands: a Secret that the cluster fills against a value that is written down.
    private const string Ours = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: shop}
        spec:
          template:
            metadata: {labels: {app.kubernetes.io/name: shop}}
            spec:
              containers:
                - name: shop
                  image: registry.test/shop:1
                  ports: [{name: http, containerPort: 8080}]
                  envFrom: [{configMapRef: {name: shop-7f}}]
                  env:
                    - {name: PARAMETER_DB, valueFrom: {secretKeyRef: {name: db, key: value}}}
                    - {name: ConnectionStrings__db, value: "Host=db;Password=$(PARAMETER_DB);Price=5$$"}
                    - {name: DB_PASSWORD, valueFrom: {secretKeyRef: {name: db, key: value}}}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: shop}
        spec: {selector: {app.kubernetes.io/name: shop}, ports: [{name: http, port: 80, targetPort: http}]}
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: shop-7f}
        data: {HTTP_PORTS: "8080", OTEL_SERVICE_NAME: shop}
        """;

    private const string Theirs = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: shop}
        spec:
          template:
            metadata: {labels: {app: shop}}
            spec:
              containers:
                - name: shop
                  image: registry.test/shop:1
                  ports: [{containerPort: 8080}]
                  envFrom: [{configMapRef: {name: shop-env}}, {secretRef: {name: shop-secrets}}]
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: shop}
        spec: {selector: {app: shop}, ports: [{port: 80, targetPort: 8080}]}
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: shop-env}
        data: {HTTP_PORTS: "8080", "ConnectionStrings__db": "Host=db;Password=hunter2;Price=5$"}
        ---
        apiVersion: v1
        kind: Secret
        metadata: {name: shop-secrets}
        data: {DB_PASSWORD: aHVudGVyMg==}
        """;

    [Fact]
    public void The_same_by_two_hands_differs_in_what_is_known_only()
    {
        var comparison = WorkloadComparison.Between(Ours, Theirs);

        Assert.Equal((1, 3), (comparison.Workloads, comparison.Variables));
        Assert.Equal(["OTEL_SERVICE_NAME", "PARAMETER_DB"], comparison.Differences.Select(difference => difference.What));
        Assert.All(comparison.Differences, difference => Assert.NotNull(difference.Reason));
    }

    [Theory]
    [InlineData("registry.test/shop:1", "registry.test/shop:2", "shop image: ours registry.test/shop:1, theirs registry.test/shop:2")]
    [InlineData("port: 80,", "port: 81,", "shop ports: ours 80 to 8080, theirs 81 to 8080")]
    [InlineData("targetPort: 8080", "targetPort: 8000", "shop ports: ours 80 to 8080, theirs 80 to 8000")]
    [InlineData("HTTP_PORTS: \"8080\"", "HTTP_PORTS: \"80\"", "shop HTTP_PORTS: ours 8080, theirs 80")]
    [InlineData("HTTP_PORTS: \"8080\"", "A: b", "shop A: only theirs, b")]
    [InlineData("HTTP_PORTS: \"8080\"", "A: b", "shop HTTP_PORTS: only ours, 8080")]
    [InlineData("name: shop}\nspec:\n  template", "name: store}\nspec:\n  template", "store workload: only theirs, Deployment")]
    [InlineData("name: shop}\nspec:\n  template", "name: store}\nspec:\n  template", "shop workload: only ours, Deployment")]
    [InlineData("Host=db;", "Host=other;", "shop ConnectionStrings__db: ours Host=db;Password=⟨db/value⟩;Price=5$, theirs Host=other;Password=⟨db/value⟩;Price=5$")]
    [InlineData("aHVudGVyMg==", "aHVudGVyMw==", "shop DB_PASSWORD: ours ⟨db/value⟩, theirs hunter3")]
    public void What_differs_is_told_without_the_values_of_secrets(string before, string after, string expected)
    {
        var changed = Theirs.Replace(before, after);
        Assert.NotEqual(Theirs, changed);

        Assert.Contains(expected, WorkloadComparison.Between(Ours, changed).Differences.Where(difference => difference.Reason is null).Select(difference => $"{difference}"));
    }

    [Fact]
    public async Task What_aspirate_made_of_the_small_model_is_what_we_make_of_it()
    {
        var comparison = WorkloadComparison.Between(
            await Kubectl.BuildAsync(Path.Combine(SmallModel.Expected, "overlays", SmallModel.Environment)), await Kubectl.BuildAsync(SmallModel.Aspirate));

        Assert.Equal([], comparison.Differences.Where(difference => difference.Reason is null).Select(difference => $"{difference}"));
        Assert.Equal(5, comparison.Workloads);
        Assert.InRange(comparison.Variables, 30, 60);
    }
}
