namespace ShopFlow.Cli;

/// <summary>A failure that the user can do something about. The message names the cause and the remedy and is all that is printed.</summary>
internal sealed class CommandFailedException(string message) : Exception(message);
