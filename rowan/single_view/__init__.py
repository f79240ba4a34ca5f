"""One child on one page; who is involved; who has looked."""
