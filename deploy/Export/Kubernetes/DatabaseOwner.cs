using System.Text.Json.Nodes;
using ShopFlow.Export.Model;
using static ShopFlow.Export.Kubernetes.Objects;

namespace ShopFlow.Export.Kubernetes;

/// <summary>
/// A service logs in to its PostgreSQL as a role that owns the databases and nothing else. The image knows only one user and makes it superuser;
/// here that stays <c>postgres</c>, who gets no password and can log in only within the pod, and a script makes the model's user at the first start.
/// </summary>
internal static class DatabaseOwner
{
    public const string Superuser = "postgres";

    private const string OwnerVariable = "DATABASE_OWNER";
    private const string NamesVariable = "DATABASE_NAMES";

    // The image runs what is in this folder once, when it has made the data directory.
    private const string Folder = "/docker-entrypoint-initdb.d";

    private const string Script =
        """
        psql --username postgres --set ON_ERROR_STOP=1 <<'SQL'
        \getenv owner DATABASE_OWNER
        \getenv password POSTGRES_PASSWORD
        CREATE ROLE :"owner" LOGIN PASSWORD :'password';
        ALTER ROLE postgres PASSWORD NULL;
        SQL
        for name in $DATABASE_NAMES; do
        psql --username postgres --set ON_ERROR_STOP=1 --set name="$name" <<'SQL'
        \getenv owner DATABASE_OWNER
        CREATE DATABASE :"name" OWNER :"owner";
        REVOKE ALL ON DATABASE :"name" FROM PUBLIC;
        SQL
        done

        """;

    /// <summary>Whether the model names a user for the services; else they are superusers, as in any model that names none.</summary>
    public static bool Has(Server server) => server.Kind == ServerKind.PostgreSql && server.User.Constant != Superuser;

    /// <summary>The server with the model's user beside the superuser, not in its place.</summary>
    public static Server Apart(Server server) => !Has(server) ? server : server with
    {
        Variables =
        [
            .. server.Variables.Where(variable => variable.Name is not ("POSTGRES_USER" or "POSTGRES_INITDB_ARGS")),
            new Variable("POSTGRES_INITDB_ARGS", ResolvedText.Of("--auth-host=scram-sha-256 --auth-local=peer")),
            new Variable(OwnerVariable, server.User),
            new Variable(NamesVariable, ResolvedText.Of(string.Join(' ', server.Databases))),
        ],
    };

    public static JsonObject? FirstStart(Server server)
    {
        if (!Has(server))
            return null;

        var created = Create("v1", "ConfigMap", NameOf(server), ServerWorkload.Component(server));
        created["data"] = new JsonObject { ["owner.sh"] = Script };
        return created;
    }

    /// <summary>Gives the script to the pods of a server that <see cref="Apart"/> made.</summary>
    public static void Mount(Server server, JsonObject pod, JsonObject container)
    {
        if (server.Variables.Any(variable => variable.Name == OwnerVariable))
            Pods.MountConfigMap(pod, container, "first-start", NameOf(server), Folder);
    }

    private static string NameOf(Server server) => $"{server.Name}-first-start";
}
