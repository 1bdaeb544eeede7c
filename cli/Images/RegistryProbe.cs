namespace ShopFlow.Cli.Images;

/// <summary>Asks whether a registry answers, before minutes are spent on what needs it.</summary>
internal static class RegistryProbe
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(10);

    /// <param name="image">An image or a registry, as <c>mcr.microsoft.com/dotnet/aspnet:10.0</c>.</param>
    /// <exception cref="CommandFailedException">Nothing answers there.</exception>
    public static async Task EnsureAnswersAsync(string image, string remedy, CancellationToken cancellationToken)
    {
        var (host, _) = ImageName.Split(image);
        using var client = new HttpClient { Timeout = s_limit };
        string? reason = null;
        // Plain HTTP is tried as the .NET SDK does it, which then decides whether to trust that.
        foreach (var scheme in new[] { "https", "http" })
        {
            try
            {
                // Any answer will do: a registry that wants credentials says 401.
                using var answer = await client.GetAsync($"{scheme}://{ImageName.ApiHost(host)}/v2/", cancellationToken);
                return;
            }
            catch (HttpRequestException e)
            {
                reason ??= e.GetBaseException().Message;
            }
            catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                reason ??= $"no answer within {s_limit.TotalSeconds:0} s";
            }
        }

        throw new CommandFailedException($"The registry {host} does not answer: {reason}. {remedy}");
    }
}
