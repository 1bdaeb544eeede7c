namespace ShopFlow.AppHost.Native;

/// <summary>A database of <see cref="NativePostgresServer"/>, with the connection string and properties of <see cref="PostgresDatabaseResource"/>.</summary>
internal sealed class NativePostgresDatabase(string name, NativePostgresServer parent)
    : Resource(name), IResourceWithParent<NativePostgresServer>, IResourceWithConnectionString
{
    public NativePostgresServer Parent { get; } = parent;

    public string DatabaseName => Name;

    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create($"{Parent};Database={DatabaseName}");

    IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties() =>
        Parent.CombineProperties(
        [
            new("DatabaseName", ReferenceExpression.Create($"{DatabaseName}")),
            new("Uri", Parent.UriExpression(DatabaseName)),
            new("JdbcConnectionString", Parent.JdbcConnectionString(DatabaseName)),
        ]);
}
