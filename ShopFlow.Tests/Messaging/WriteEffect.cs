using System.Diagnostics;
using ShopFlow.Messaging;

namespace ShopFlow.Tests.Messaging;

internal sealed class WriteEffect(EffectsDbContext db, Script script) : IEventHandler<ThingHappened>
{
    public async Task HandleAsync(ThingHappened e, CancellationToken cancellationToken)
    {
        db.Effects.Add(new() { Text = e.Text, TraceId = Activity.Current?.TraceId.ToString() });
        await script.PlayAsync(e.Text, cancellationToken);
    }
}
