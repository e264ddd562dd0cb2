namespace HtmxChat.Web.Mail;

/// <summary>Letters to people, where a mail server is named.</summary>
public static class MailRegistration
{
    public static IServiceCollection AddMail(this IServiceCollection services, IConfiguration configuration)
    {
        var settings = MailSettings.Read(configuration);
        services.AddSingleton(s => new Postbox(settings, s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILogger<Postbox>>()));
        services.AddHostedService(s => s.GetRequiredService<Postbox>());
        services.AddSingleton(s => new TestLetter(settings));
        return services;
    }
}
