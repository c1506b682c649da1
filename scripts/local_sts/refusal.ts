/** A request that AWS would refuse: `code` and `message` are AWS's own words, `status` is the HTTP status. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = "Refusal";
    this.status = status;
    this.code = code;
  }
}

/** 403 AccessDenied: who asks is known, and may not. */
export function accessDenied(message: string): Refusal {
  return new Refusal(403, "AccessDenied", message);
}

/** 400 ValidationError: a parameter is out of its range, or against its pattern. */
export function validationError(message: string): Refusal {
  return new Refusal(400, "ValidationError", message);
}

/** 404 NoSuchEntity: what is named is not there. */
export function noSuchEntity(message: string): Refusal {
  return new Refusal(404, "NoSuchEntity", message);
}

/** 409 EntityAlreadyExists. */
export function entityAlreadyExists(message: string): Refusal {
  return new Refusal(409, "EntityAlreadyExists", message);
}

/** 403 InvalidClientTokenId: AWS says the same for an unknown, an inactive, a deleted and a foreign key. */
export function invalidClientTokenId(): Refusal {
  return new Refusal(403, "InvalidClientTokenId", "The security token included in the request is invalid.");
}

/** 403 SignatureDoesNotMatch, also what AWS says of a clock that is too far off. */
export function signatureDoesNotMatch(message: string): Refusal {
  return new Refusal(403, "SignatureDoesNotMatch", message);
}

/** 400 IncompleteSignature: the Authorization header can't be read. */
export function incompleteSignature(message: string): Refusal {
  return new Refusal(400, "IncompleteSignature", message);
}
