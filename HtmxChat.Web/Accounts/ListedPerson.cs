using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Accounts;

/// <summary>A person as administrators see them.</summary>
/// <param name="Email">Null when they have given none.</param>
/// <param name="Sessions">In how many browsers they are signed in.</param>
/// <param name="LosesWriting">Whether what they have written is being removed just now.</param>
/// <param name="HasTwoStep">Whether they are asked for a code after the password.</param>
public sealed record ListedPerson(
    PersonId Id, string Name, string Handle, string? Email, Role Role, Standing Standing, DateTimeOffset JoinedAt, long Sessions, bool LosesWriting, bool HasTwoStep);
