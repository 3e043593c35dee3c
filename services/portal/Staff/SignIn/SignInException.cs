namespace SmartCity.Portal.Staff.SignIn;

/// <summary>Why nobody was signed in, as far as the person at the browser can tell it apart.</summary>
internal enum SignInFault
{
    /// <summary>What came back was not good: they may try again.</summary>
    Refused,

    /// <summary>The issuer does not answer: they may try later.</summary>
    NoAnswer,

    /// <summary>There is no issuer, or it offers no sign-in: an operator must act.</summary>
    NotSetUp,
}

/// <summary>A sign-in that came to nothing; the message is for the log.</summary>
internal sealed class SignInException(string message, Exception? inner = null, SignInFault fault = SignInFault.Refused) : Exception(message, inner)
{
    public SignInFault Fault => fault;
}
