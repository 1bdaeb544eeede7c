namespace ShopFlow.AppHost.Local;

internal static class LocalMail
{
    /// <summary>On a developer's machine e-mails go to a folder, and the dashboard links to the page that shows them; a published model names a
    /// mail server. Links in e-mails lead to where the shop is.</summary>
    public static void WithMail(this IResourceBuilder<ProjectResource> notifications, IResourceBuilder<ProjectResource> gateway)
    {
        var builder = notifications.ApplicationBuilder;
        if (builder.ExecutionContext.IsPublishMode)
        {
            var shopAddress = builder.AddParameter("shop-address");
            gateway.WithEnvironment("Gateway__AllowedOrigins__0", shopAddress);
            notifications
                .WithEnvironment("Notifications__ShopAddress", shopAddress)
                .WithEnvironment("Notifications__Mail__Host", builder.AddParameter("mail-host"))
                .WithEnvironment("Notifications__Mail__From", builder.AddParameter("mail-from"))
                .WithEnvironment("Notifications__Mail__Username", builder.AddParameter("mail-username"))
                .WithEnvironment("Notifications__Mail__Password", builder.AddParameter("mail-password", secret: true));
            return;
        }

        notifications
            .WithEnvironment("Notifications__ShopAddress", gateway.GetEndpoint("http"))
            .WithEnvironment("Notifications__Mail__Folder", Path.Combine(builder.DataDirectory(), "mail"))
            .WithEnvironment("Notifications__Webhooks__AllowPrivateAddresses", "true")
            .WithUrlForEndpoint("http", _ => new() { Url = "/mail", DisplayText = "Mail" });
    }
}
