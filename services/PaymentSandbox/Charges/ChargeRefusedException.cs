namespace ShopFlow.PaymentSandbox.Charges;

/// <summary>The charge's state does not allow what was asked. The message is meant for the caller.</summary>
internal sealed class ChargeRefusedException(string message) : Exception(message);
