using ShopFlow.Tests.Servers;

namespace ShopFlow.Tests.Payments;

/// <summary>A service that does not ask the provider again by itself while a test runs: what happens, a webhook has brought about.</summary>
public sealed class PatientPayments(PostgresServer postgres) : PaymentsUnderTest(postgres)
{
    protected override TimeSpan Backoff => TimeSpan.FromMinutes(1);

    protected override TimeSpan AttemptLimit => Limit;
}
