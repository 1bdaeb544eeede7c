namespace ShopFlow.Cli.Bench;

/// <summary>The shop answered, but not as it should; the message names the kind, for counting.</summary>
internal sealed class UnexpectedAnswerException(string message) : Exception(message)
{
    public static void Unless(bool expected, HttpAnswer answer, string step)
    {
        if (!expected)
            throw new UnexpectedAnswerException($"{step}: status {answer.Status}");
    }
}
