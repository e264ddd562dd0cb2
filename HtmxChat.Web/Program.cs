using HtmxChat.Web.Accounts;
using HtmxChat.Web.Admin;
using HtmxChat.Web.Live;
using HtmxChat.Web.Mail;
using HtmxChat.Web.Messages;
using HtmxChat.Web.Previews;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

if (args.FirstOrDefault() == Copy.Command) return await Copy.RunAsync(args[1..], CancellationToken.None);

var builder = WebApplication.CreateSlimBuilder(args);
builder.WebHost.UseKestrelHttpsConfiguration().UseStaticWebAssets().ConfigureKestrel(ServerLimits.Set).ConfigureKestrel(ConnectionTakeover.Allow).UseSockets(o => o.UnsafePreferInlineScheduling = true);
builder.Services.AddSingleton(TimeProvider.System).AddProxies(builder.Configuration).AddServerLimits();
builder.Services.AddStorage(builder.Configuration, builder.Environment);
builder.Services.AddMail(builder.Configuration);
builder.Services.AddAccounts();
builder.Services.AddOtherSignIn(builder.Configuration);
builder.Services.AddRooms();
builder.Services.AddPreviews(builder.Configuration);
builder.Services.AddMessages();
builder.Services.AddLive(builder.Configuration, services => services.GetRequiredService<SiteDirectory>().Current.Epoch);
builder.Services.AddAdmin();
builder.Services.AddPages();

var app = builder.Build();
if (!await app.PrepareStorageAsync(app.Lifetime.ApplicationStopping)) return 1;

app.UseForwardedHeaders();
app.UseSiteCookies();
app.UseProblemPages();
app.UseResponseCompression();
app.UseRouting();
app.UseSecurityHeaders();
app.UseSameOrigin();
app.UseServerLimits();
app.UseMiddleware<SetupGate>();
app.UseAuthentication();
app.UseAuthorization();
app.UseOwnAddresses();
app.UseLimits();
app.UseBusyAnswers();

app.MapPages();
app.MapAccounts();
app.MapMessages();
app.MapLive();
app.MapAdmin();

if (args.FirstOrDefault() == Seed.Command) return await Seed.RunAsync(app);

app.PrintAddressWhenStarted();
await app.RunAsync();
return 0;
