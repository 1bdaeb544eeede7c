namespace Aspire.Hosting.ApplicationModel;

public enum CommandResultFormat
{
    Text,
    Json,
    Markdown,
}
