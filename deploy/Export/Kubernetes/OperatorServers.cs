using System.Text.Json.Nodes;
using ShopFlow.Export.Environments;
using ShopFlow.Export.Model;

namespace ShopFlow.Export.Kubernetes;

/// <summary>The servers that operators run. Services find them under the same names as in dev.</summary>
internal static class OperatorServers
{
    public static bool Has(ServerKind kind) => kind is ServerKind.PostgreSql or ServerKind.RabbitMq;

    public static IEnumerable<JsonObject> Create(Server server, ShopModel model, EnvironmentSettings settings) => server.Kind == ServerKind.PostgreSql
        ? DatabaseCluster.Create(server, model, settings)
        : BrokerCluster.Create(server, model, settings);
}
