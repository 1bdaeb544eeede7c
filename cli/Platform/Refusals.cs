namespace ShopFlow.Cli.Platform;

internal static class Refusals
{
    /// <exception cref="CommandFailedException">The answer is an error; the exception has its status and its text.</exception>
    public static async Task ThrowIfRefusedAsync(this HttpResponseMessage answer, string service, CancellationToken cancellationToken)
    {
        if (!answer.IsSuccessStatusCode)
            throw new CommandFailedException($"{service} refuses: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(cancellationToken)}");
    }
}
