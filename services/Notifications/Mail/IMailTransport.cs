using ShopFlow.Notifications.Delivering;

namespace ShopFlow.Notifications.Mail;

/// <summary>Where e-mails go.</summary>
internal interface IMailTransport
{
    IOutwardChannel Open();
}
