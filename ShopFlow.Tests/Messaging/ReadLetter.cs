using ShopFlow.Messaging;

namespace ShopFlow.Tests.Messaging;

internal sealed class ReadLetter(EffectsDbContext db, Script script) : IEventHandler<LetterSent>
{
    public async Task HandleAsync(LetterSent e, CancellationToken cancellationToken)
    {
        db.Effects.Add(new() { Text = e.Text });
        await script.PlayAsync(e.Text, cancellationToken);
    }
}
