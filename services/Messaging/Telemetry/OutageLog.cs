using Microsoft.Extensions.Logging;

namespace ShopFlow.Messaging;

/// <summary>Tells of an outage once, when it begins, however often the attempts to end it fail; the stacks are at level Debug.</summary>
internal sealed class OutageLog(ILogger logger)
{
    private string? told;

    /// <param name="consequence">What doesn't work meanwhile.</param>
    /// <param name="error">Why.</param>
    public void Failed(string consequence, Exception error)
    {
        var reason = error.GetBaseException().Message;
        if (reason != told)
            logger.LogWarning("{Consequence}: {Reason}", consequence, reason);

        logger.LogDebug(error, "{Consequence}", consequence);
        told = reason;
    }

    /// <param name="news">What works again; told only after a failure.</param>
    public void Recovered(string news)
    {
        if (told is not null)
            logger.LogInformation("{News}", news);

        told = null;
    }
}
