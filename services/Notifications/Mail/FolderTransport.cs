using System.Net.Mail;
using ShopFlow.Notifications.Delivering;

namespace ShopFlow.Notifications.Mail;

/// <summary>Keeps the newest e-mails as files that mail programs open, named after their notifications: sent twice there is still one.</summary>
internal sealed class FolderTransport(MailComposer composer, MailOptions mail) : IMailTransport
{
    public const string Extension = ".eml";

    // Counting files costs more than a few too many.
    private const int WritesBetweenCleanups = 100;

    private int _writes;

    public IOutwardChannel Open() => new Channel(this);

    private async Task WriteAsync(ClaimedDelivery delivery, string recipient, CancellationToken cancellationToken)
    {
        // An attempt that a crash ended may have left something.
        var unfinished = Path.GetFullPath(Path.Combine(mail.Folder, ".unfinished", delivery.Id.ToString()));
        if (Directory.Exists(unfinished))
            Directory.Delete(unfinished, recursive: true);
        Directory.CreateDirectory(unfinished);

        using (var client = new SmtpClient { DeliveryMethod = SmtpDeliveryMethod.SpecifiedPickupDirectory, PickupDirectoryLocation = unfinished })
        using (var message = composer.Compose(delivery, recipient))
            await client.SendMailAsync(message, cancellationToken);

        File.Move(Directory.GetFiles(unfinished).Single(), Path.Combine(mail.Folder, delivery.NotificationId + Extension), overwrite: true);
        Directory.Delete(unfinished);
        if (Interlocked.Increment(ref _writes) % WritesBetweenCleanups == 0)
            DeleteOldest();
    }

    // The ids of notifications are in the order of time.
    private void DeleteOldest()
    {
        var files = Directory.GetFiles(mail.Folder, "*" + Extension);
        Array.Sort(files, StringComparer.Ordinal);
        foreach (var file in files.SkipLast(mail.FolderKeeps))
            File.Delete(file);
    }

    private sealed class Channel(FolderTransport folder) : IOutwardChannel
    {
        public async Task<(SendResult Result, string? Error)> SendAsync(ClaimedDelivery delivery, CancellationToken cancellationToken)
        {
            if (delivery.Recipient is not { } recipient)
                return (SendResult.NoAddress, "No e-mail address is known.");

            try
            {
                await folder.WriteAsync(delivery, recipient, cancellationToken);
                return (SendResult.Taken, null);
            }
            catch (FormatException e)
            {
                return (SendResult.Refused, e.Message);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or SmtpException)
            {
                return (SendResult.Unreachable, e.Message);
            }
        }

        public void Dispose()
        {
        }
    }
}
