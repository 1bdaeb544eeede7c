using System.Text.Json.Nodes;
using ShopFlow.Export.Environments;
using ShopFlow.Export.Manifests;
using ShopFlow.Export.Model;
using static ShopFlow.Export.Kubernetes.Objects;

namespace ShopFlow.Export.Kubernetes;

/// <summary>Secrets whose values are kept elsewhere: one for each secret parameter, in the forms that the pods and the operators want.</summary>
internal static class StoredSecrets
{
    private const string Store = "aws-secrets-manager";

    /// <summary>From AWS Secrets Manager, by the External Secrets operator: <c>shopflow/ENVIRONMENT/PARAMETER</c>.</summary>
    public static IEnumerable<JsonObject> External(ShopModel model, EnvironmentSettings settings, string region) =>
    [
        Create("external-secrets.io/v1", "SecretStore", Store, Secrets.Component, new JsonObject
        {
            ["provider"] = new JsonObject { ["aws"] = new JsonObject { ["service"] = "SecretsManager", ["region"] = region } },
        }),
        .. SecretsOf(model).Select(secret => Create("external-secrets.io/v1", "ExternalSecret", secret.Name, Secrets.Component, new JsonObject
        {
            ["refreshInterval"] = "1h",
            ["secretStoreRef"] = new JsonObject { ["kind"] = "SecretStore", ["name"] = Store },
            ["target"] = new JsonObject { ["name"] = secret.Name, ["creationPolicy"] = "Owner", ["template"] = Template(secret, model, settings) },
            ["data"] = new JsonArray(new JsonObject
            {
                ["secretKey"] = Variables.ValueKey,
                ["remoteRef"] = new JsonObject { ["key"] = $"{Names.Shop}/{settings.Name}/{secret.Name}" },
            }),
        })),
    ];

    /// <summary>From what <c>kubeseal</c> encrypted, by the controller of Sealed Secrets, which alone can open it.</summary>
    public static IEnumerable<JsonObject> Sealed(ShopModel model, EnvironmentSettings settings) =>
        SecretsOf(model).Select(secret => Create("bitnami.com/v1alpha1", "SealedSecret", secret.Name, Secrets.Component, new JsonObject
        {
            ["encryptedData"] = new JsonObject { [Variables.ValueKey] = settings.Secrets.Sealed[secret.Name] },
            ["template"] = Template(secret, model, settings),
        }));

    private static IEnumerable<ManifestParameter> SecretsOf(ShopModel model) => model.Parameters.Where(parameter => parameter.IsSecret);

    // Both fill templates of Go with the functions of sprig.
    private static JsonObject Template(ManifestParameter secret, ShopModel model, EnvironmentSettings settings)
    {
        var data = new JsonObject
        {
            [Variables.ValueKey] = "{{ .value }}",
            // Percent encoding, where Go writes a space as a plus.
            [Variables.UriKey] = "{{ .value | urlquery | replace \"+\" \"%20\" }}",
        };
        var template = new JsonObject { ["data"] = data };
        if (settings.Servers.Run != ServersRun.Operators
            || model.Servers.FirstOrDefault(server => OperatorServers.Has(server.Kind) && server.Password == secret.Name) is not { } server)
            return template;

        // The operators want it beside the user.
        var user = settings.Fill(server.User);
        data["username"] = user;
        data["password"] = "{{ .value }}";
        if (server.Kind == ServerKind.RabbitMq)
            data["default_user.conf"] = $"default_user = {user}\ndefault_pass = {{{{ .value }}}}\n";
        else
            template["type"] = "kubernetes.io/basic-auth";
        return template;
    }
}
