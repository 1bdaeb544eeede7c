using System.Text.Json.Nodes;
using ShopFlow.Export.Environments;
using ShopFlow.Export.Model;
using static ShopFlow.Export.Kubernetes.Objects;

namespace ShopFlow.Export.Kubernetes;

/// <summary>
/// How a new version takes over where that is not left to the Deployment: Argo Rollouts runs the pods that the Deployment describes, and moves the
/// traffic. An analysis that fails takes the traffic back by itself.
/// </summary>
internal static class Rollouts
{
    public const string Api = "argoproj.io/v1alpha1";

    /// <summary>Who sends this header gets the new version as soon as it runs.</summary>
    public const string TesterHeader = "x-shopflow-next";

    /// <summary>What Argo Rollouts calls the route for them while a roll-out goes on.</summary>
    private const string TesterRoute = "testers";

    public static JsonObject Create(Service service, ServiceSettings own, EnvironmentSettings settings) => Objects.Create(Api, "Rollout", service.Name, ServiceWorkload.Component, new JsonObject
    {
        // Its replicas go when the Rollout's have taken over, so that changing to a Rollout interrupts nothing.
        ["workloadRef"] = new JsonObject { ["apiVersion"] = "apps/v1", ["kind"] = "Deployment", ["name"] = service.Name, ["scaleDown"] = "onsuccess" },
        ["revisionHistoryLimit"] = 5,
        ["progressDeadlineSeconds"] = 600,
        ["progressDeadlineAbort"] = true,
        ["strategy"] = own.Rollout == RolloutKind.BlueGreen
            ? new JsonObject { ["blueGreen"] = BlueGreen(service, own) }
            : new JsonObject { ["canary"] = Canary(service, own, settings) },
    });

    private static JsonObject Canary(Service service, ServiceSettings own, EnvironmentSettings settings)
    {
        var routes = new JsonArray(Routes(MeshTraffic.Route(service, own, ServiceWorkload.Component)));
        if (own.Host is not null)
            routes.Add(Routes(Ingress.Route(service, settings)));

        var steps = new JsonArray(
            // One replica, which testers reach and nobody else.
            new JsonObject { ["setCanaryScale"] = new JsonObject { ["replicas"] = 1 } },
            new JsonObject { ["setHeaderRoute"] = new JsonObject { ["name"] = TesterRoute, ["match"] = new JsonArray(ForTesters()) } },
            Pause(settings.Canary.Pause),
            new JsonObject { ["setCanaryScale"] = new JsonObject { ["matchTrafficWeight"] = true } });
        var firstOfShoppers = steps.Count;
        foreach (var weight in settings.Canary.Weights)
        {
            steps.Add(new JsonObject { ["setWeight"] = weight });
            steps.Add(Pause(settings.Canary.Pause));
        }

        return new JsonObject
        {
            ["maxSurge"] = 1,
            ["maxUnavailable"] = 0,
            ["trafficRouting"] = new JsonObject
            {
                ["managedRoutes"] = new JsonArray(new JsonObject { ["name"] = TesterRoute }),
                ["istio"] = new JsonObject
                {
                    ["virtualServices"] = routes,
                    ["destinationRule"] = new JsonObject
                    {
                        ["name"] = service.Name, ["stableSubsetName"] = MeshTraffic.Stable, ["canarySubsetName"] = MeshTraffic.Canary,
                    },
                },
            },
            ["steps"] = steps,
            // It goes on until the last step has ended.
            ["analysis"] = RolloutAnalysis.Of(service, own, RolloutAnalysis.Traffic, startingStep: firstOfShoppers),
        };
    }

    private static JsonObject BlueGreen(Service service, ServiceSettings own) => new()
    {
        ["activeService"] = service.Name,
        ["previewService"] = Names.Preview(service.Name),
        ["autoPromotionEnabled"] = true,
        ["prePromotionAnalysis"] = new JsonObject { ["templates"] = Templates(Names.PreviewCheck(service.Name)) },
        ["postPromotionAnalysis"] = RolloutAnalysis.Of(service, own, RolloutAnalysis.TrafficAfterPromotion),
        // The old version stays for as long as the analysis can send the traffic back to it.
        ["scaleDownDelaySeconds"] = RolloutAnalysis.SecondsAfterPromotion + 60,
    };

    public static JsonArray Templates(string name) => [new JsonObject { ["templateName"] = name }];

    private static JsonObject Routes(JsonObject virtualService) => new()
    {
        ["name"] = NameOf(virtualService),
        ["routes"] = List(virtualService["spec"]!["http"]!.AsArray().Select(route => route!["name"]!.DeepClone())),
    };

    private static JsonObject ForTesters() => new() { ["headerName"] = TesterHeader, ["headerValue"] = new JsonObject { ["exact"] = "true" } };

    private static JsonObject Pause(string duration) => new() { ["pause"] = new JsonObject { ["duration"] = duration } };
}
