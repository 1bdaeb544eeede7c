using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

internal sealed class PostgresCreateDatabaseScriptAnnotation(string script) : IResourceAnnotation
{
    public string Script { get; } = script;
}
