using System.Text.Json.Nodes;
using ShopFlow.Export.Environments;
using ShopFlow.Export.Model;
using static ShopFlow.Export.Kubernetes.Objects;

namespace ShopFlow.Export.Kubernetes;

/// <summary>
/// Before the traffic moves to a new version at once, a Job asks it what its shoppers would. It has an account of its own, which the mesh and the
/// network let do that and nothing else.
/// </summary>
internal static class PreviewCheck
{
    private const string Component = "preview-check";
    private const string Image = "docker.io/curlimages/curl:8.11.1";

    public static IEnumerable<JsonObject> Create(Service service, ServiceSettings own)
    {
        var (name, http) = (Names.PreviewCheck(service.Name), service.Http!);
        return
        [
            ServiceObjects.Service(service, ServiceWorkload.Component, Names.Preview(service.Name)),
            Template(service.Name, http.Port, own.Checks),
            ServiceObjects.Account(name, Component),
            MeshTraffic.Sidecar(name, Component, [Names.Host(Names.Preview(service.Name))]),
            MeshRules.Authorization(name, service, http.TargetPort, own.Checks),
            NetworkRules.Policy(name, Component, PodsOf(name), ingress: [], egress: [NetworkRules.To([NetworkRules.PodsNamed(service.Name)], [http.TargetPort])]),
            NetworkRules.Policy(
                $"{service.Name}-from-preview-check", ServiceWorkload.Component, PodsOf(service.Name), ingress: [NetworkRules.From([NetworkRules.PodsNamed(name)], [http.TargetPort])], egress: null),
        ];
    }

    private static JsonObject Template(string service, int port, IEnumerable<string> paths) => Objects.Create(Rollouts.Api, "AnalysisTemplate", Names.PreviewCheck(service), Component, new JsonObject
    {
        ["metrics"] = new JsonArray(new JsonObject
        {
            ["name"] = "answers",
            ["provider"] = new JsonObject
            {
                ["job"] = new JsonObject { ["metadata"] = new JsonObject { ["labels"] = Labels(Names.PreviewCheck(service), Component) }, ["spec"] = Job(service, port, paths) },
            },
        }),
    });

    private static JsonObject Job(string service, int port, IEnumerable<string> paths) => new()
    {
        ["backoffLimit"] = 1,
        ["activeDeadlineSeconds"] = 300,
        ["template"] = Pods.Template(Names.PreviewCheck(service), Component, new JsonObject
        {
            ["serviceAccountName"] = Names.PreviewCheck(service),
            ["automountServiceAccountToken"] = false,
            ["enableServiceLinks"] = false,
            ["restartPolicy"] = "Never",
            ["priorityClassName"] = Tenancy.ServicePriority,
            ["securityContext"] = Pods.SecurityOfPod(Pods.ServiceUser),
            ["containers"] = new JsonArray(new JsonObject
            {
                ["name"] = "curl",
                ["image"] = Image,
                ["args"] = Strings(
                [
                    "--fail", "--silent", "--show-error", "--output", "/dev/null", "--max-time", "10", "--retry", "5", "--retry-connrefused",
                    .. paths.Select(path => $"http://{Names.Host(Names.Preview(service))}:{port}{path}"),
                ]),
                ["resources"] = Pods.Resources(new Cpu("10m", "200m"), new Memory(32, 2)),
                ["securityContext"] = Pods.SecurityOfContainer(),
            }),
        }),
    };
}
