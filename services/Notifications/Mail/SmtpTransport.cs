using System.Net;
using System.Net.Mail;
using ShopFlow.Notifications.Delivering;

namespace ShopFlow.Notifications.Mail;

/// <summary>Sends e-mails through the mail server, many over one connection.</summary>
internal sealed class SmtpTransport(MailComposer composer, MailOptions mail, DeliveryOptions delivery) : IMailTransport
{
    public IOutwardChannel Open() => new Channel(composer, mail, delivery);

    private sealed class Channel(MailComposer composer, MailOptions mail, DeliveryOptions options) : IOutwardChannel
    {
        // Statuses of 500 and above are for good (RFC 5321 section 4.2.1).
        private const int FirstPermanent = 500;

        // Of those of three digits the second says what it is about: 5 is the e-mail, not the connection (section 4.2.1 as well).
        private const int AboutTheMail = 5;

        private readonly SmtpClient _client = new(mail.Host, mail.Port)
        {
            EnableSsl = mail.Encrypt,
            Credentials = mail.Username is { Length: > 0 } ? new NetworkCredential(mail.Username, mail.Password) : null,
        };

        public async Task<(SendResult Result, string? Error)> SendAsync(ClaimedDelivery delivery, CancellationToken cancellationToken)
        {
            if (delivery.Recipient is not { } recipient)
                return (SendResult.NoAddress, "No e-mail address is known.");

            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(options.TimeLimit);
            try
            {
                using var message = composer.Compose(delivery, recipient);
                await _client.SendMailAsync(message, limit.Token);
                return (SendResult.Taken, null);
            }
            catch (FormatException e)
            {
                return (SendResult.Refused, e.Message);
            }
            catch (SmtpFailedRecipientException e)
            {
                return ((int)e.StatusCode >= FirstPermanent ? SendResult.Refused : SendResult.Failed, e.Message);
            }
            catch (SmtpException e) when ((int)e.StatusCode / 10 % 10 == AboutTheMail)
            {
                return (SendResult.Failed, e.Message);
            }
            catch (SmtpException e)
            {
                return (SendResult.Unreachable, e.GetBaseException().Message);
            }
            catch (OperationCanceledException)
            {
                return (SendResult.Unreachable, $"No answer within {options.TimeLimit.TotalSeconds} s.");
            }
        }

        public void Dispose() => _client.Dispose();
    }
}
