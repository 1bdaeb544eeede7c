using Npgsql;

namespace ShopFlow.AppHost.Native;

/// <summary>PostgreSQL installed on this machine, with the connection string and properties of <see cref="PostgresServerResource"/>.</summary>
internal sealed class NativePostgresServer : ExecutableResource, IResourceWithConnectionString
{
    private const string UserName = "postgres";
    private readonly List<NativePostgresDatabase> _databases = [];

    public NativePostgresServer(string name, ParameterResource password, string scripts) : base(name, "bash", scripts)
    {
        PasswordParameter = password;
        PrimaryEndpoint = new EndpointReference(this, "tcp");
    }

    public EndpointReference PrimaryEndpoint { get; }

    public ParameterResource PasswordParameter { get; }

    public ReferenceExpression ConnectionStringExpression =>
        ReferenceExpression.Create($"Host={Host};Port={Port};Username={UserName};Password={PasswordParameter}");

    private EndpointReferenceExpression Host => PrimaryEndpoint.Property(EndpointProperty.Host);

    private EndpointReferenceExpression Port => PrimaryEndpoint.Property(EndpointProperty.Port);

    public void Add(NativePostgresDatabase database) => _databases.Add(database);

    public ReferenceExpression UriExpression(string? database = null) => database is null
        ? ReferenceExpression.Create($"postgresql://{UserName:uri}:{PasswordParameter:uri}@{Host}:{Port}")
        : ReferenceExpression.Create($"postgresql://{UserName:uri}:{PasswordParameter:uri}@{Host}:{Port}/{database:uri}");

    public ReferenceExpression JdbcConnectionString(string? database = null) => database is null
        ? ReferenceExpression.Create($"jdbc:postgresql://{Host}:{Port}")
        : ReferenceExpression.Create($"jdbc:postgresql://{Host}:{Port}/{database:uri}");

    IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties() =>
    [
        new("Host", ReferenceExpression.Create($"{Host}")),
        new("Port", ReferenceExpression.Create($"{Port}")),
        new("Username", ReferenceExpression.Create($"{UserName}")),
        new("Password", ReferenceExpression.Create($"{PasswordParameter}")),
        new("Uri", UriExpression()),
        new("JdbcConnectionString", JdbcConnectionString()),
    ];

    /// <summary>Creates the databases of the model that the server does not have yet, and shows them as running.</summary>
    public async Task CreateDatabasesAsync(ResourceNotificationService notifications, CancellationToken cancellationToken)
    {
        var connectionString = await ConnectionStringExpression.GetValueAsync(cancellationToken);
        await using var connection = new NpgsqlConnection($"{connectionString};Database=postgres;Pooling=false;Timeout=10");
        await connection.OpenAsync(cancellationToken);

        foreach (var database in _databases)
            await CreateAsync(database, connection, cancellationToken);

        await ShowDatabasesAsync(notifications, KnownResourceStates.Running);
    }

    // Aspire hands the state of a container down to its children, but not that of an executable.
    public async Task ShowDatabasesAsync(ResourceNotificationService notifications, ResourceStateSnapshot? state)
    {
        foreach (var database in _databases)
            await notifications.PublishUpdateAsync(database, snapshot => snapshot with { State = state });
    }

    private static async Task CreateAsync(NativePostgresDatabase database, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var exists = new NpgsqlCommand("SELECT 1 FROM pg_database WHERE datname = $1", connection);
        exists.Parameters.AddWithValue(database.DatabaseName);
        if (await exists.ExecuteScalarAsync(cancellationToken) is not null)
            return;

        var name = database.DatabaseName.Replace("\"", "\"\"");
        await using var create = new NpgsqlCommand($"CREATE DATABASE \"{name}\"", connection);
        await create.ExecuteNonQueryAsync(cancellationToken);
    }
}
